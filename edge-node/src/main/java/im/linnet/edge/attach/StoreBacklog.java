package im.linnet.edge.attach;

import im.linnet.edge.delivery.Origins;
import im.linnet.records.InboxRecord;
import im.linnet.records.RecordReader;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.Frames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of the view for a session, up to the applied offsets. A cursor with a place gets the
 * delivered records after it. A cursor without one gets the unread messages. If there are too many,
 * each gets the newest ones. It serves one cursor after the other, each in offset order. Used by
 * one thread at a time.
 *
 * <p>A store that was emptied or replaced by an older copy answers as if nothing were missing. So
 * it is asked for its applied offsets: after the first look-ups and before the first push, and
 * again at the end if there were more look-ups. If it holds another view than the announced one, or
 * less of it, the attach fails. Then no place has passed a record that the session did not get.
 */
final class StoreBacklog implements Backlog {
  private static final int FIRST_PAGE = 64;
  private static final int LEAST_PAGE = 8;
  private static final int LARGEST_PAGE = 500;

  /** The records of one look-up take about this much memory, once their size is known. */
  private static final long LOOK_UP_BYTES = 256 << 10;

  private final RecordReader store;
  private final String view;
  private final int sync;
  private final Map<StreamPartition, Long> promised = new HashMap<>();
  private final ArrayDeque<CursorBacklog> backlogs = new ArrayDeque<>();
  private boolean begun;
  private boolean unproven;
  private boolean cut;

  /** A record of the store, from either kind of look-up. */
  @SuppressWarnings("ArrayRecordComponent") // stored bytes are delivered bytes
  private record Stored(long offset, long time, byte[] value) {}

  /**
   * Reads nothing yet.
   *
   * @param view the id of the announced view
   * @param sync the most records per cursor
   * @param applied the cursors to serve, each with the offset up to which the view is read,
   *     exclusive
   */
  StoreBacklog(RecordReader store, String view, int sync, Map<PartitionCursor, Long> applied) {
    this.store = store;
    this.view = view;
    this.sync = sync;
    applied.forEach(
        (cursor, below) -> {
          backlogs.add(new CursorBacklog(cursor, below));
          promised.put(cursor.partition(), below);
        });
  }

  @Override
  public boolean cut() {
    return cut;
  }

  @Override
  public boolean send(Page page) {
    if (!begun) {
      backlogs.forEach(CursorBacklog::begin);
      prove();
      begun = true;
    }
    while (!backlogs.isEmpty()) {
      if (!backlogs.getFirst().send(page)) {
        return false;
      }
      backlogs.removeFirst();
    }
    if (unproven) {
      prove();
    }
    return true;
  }

  private void prove() {
    store.requireView(view, promised);
    unproven = false;
  }

  /** The records of one cursor, read page by page. */
  private final class CursorBacklog {
    private final PartitionCursor cursor;
    private final boolean unread;
    private final long below;
    private final ArrayDeque<Stored> page = new ArrayDeque<>();
    private long above;
    private int limit = FIRST_PAGE;
    private boolean last;

    CursorBacklog(PartitionCursor cursor, long below) {
      this.cursor = cursor;
      this.unread = cursor.unread();
      this.below = below;
    }

    void begin() {
      above = floor();
      if (above < below - 1) {
        fetch();
      }
    }

    boolean send(Page out) {
      while (above < below - 1) {
        if (page.isEmpty()) {
          if (last) {
            break;
          }
          fetch();
          continue;
        }
        if (out.isFull()) {
          return false;
        }
        push(page.removeFirst(), out);
      }
      cursor.reach(below);
      return true;
    }

    private void push(Stored record, Page out) {
      out.send(
          Frames.push(
              cursor.partition().stream(),
              cursor.partition().partition(),
              record.offset(),
              record.time(),
              record.value()));
      out.session().seenOffsets().saw(cursor.partition(), record.offset());
      Position origin = unread ? null : Origins.of(record.value());
      if (origin != null) {
        out.session().seenOffsets().saw(origin);
      }
      above = record.offset();
    }

    /** That many offsets hold no more records than that, so most sessions need no look-up here. */
    private long floor() {
      long seen = unread ? -1 : cursor.place() - 1;
      if (below - 1 - seen <= sync) {
        return seen;
      }
      Stream stream = cursor.partition().stream();
      long floor =
          unread
              ? store.unreadFloor(stream, cursor.key(), seen, below, sync)
              : store.deliveredFloor(stream, cursor.key(), seen, below, sync);
      cut |= floor > seen;
      return floor;
    }

    private void fetch() {
      List<Stored> found = unread ? unreadMessages() : delivered();
      last = found.size() < limit;
      unproven = true;
      page.addAll(found);
      long bytes = 1;
      for (Stored each : found) {
        bytes += each.value().length;
      }
      long fitting = LOOK_UP_BYTES * Math.max(1, found.size()) / bytes;
      limit = Math.clamp(fitting, LEAST_PAGE, LARGEST_PAGE);
    }

    private List<Stored> delivered() {
      List<Stored> found = new ArrayList<>();
      for (InboxRecord each :
          store.delivered(cursor.partition().stream(), cursor.key(), above, below, limit)) {
        found.add(new Stored(each.offset(), each.time(), each.value()));
      }
      return found;
    }

    /** The unread messages, as {@code history} shows them. */
    private List<Stored> unreadMessages() {
      List<Stored> found = new ArrayList<>();
      for (StoredMessage each :
          store.unreadMessages(cursor.partition().stream(), cursor.key(), above, below, limit)) {
        found.add(new Stored(each.at().offset(), each.time(), each.value()));
      }
      return found;
    }
  }
}
