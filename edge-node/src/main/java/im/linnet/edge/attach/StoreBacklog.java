package im.linnet.edge.attach;

import im.linnet.records.RecordReader;
import im.linnet.schemas.StreamPartition;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of the view for a session, up to the applied offsets. A cursor with a place gets the
 * delivered records after it. A cursor without one gets the unread messages. If there are too many,
 * each gets the newest ones. It serves one cursor after the other, each in offset order. Used by
 * one thread at a time.
 *
 * <p>A store that was emptied or replaced by an older copy answers as if nothing were missing, so
 * it is asked how far it is: after the first look-ups and before the first push, and once more at
 * the end where there were further look-ups. Where it is not what was announced, the attach fails
 * before any place passes what the session was not sent.
 */
final class StoreBacklog implements Backlog {
  private final RecordReader store;
  private final String view;
  private final String user;
  private final int sync;
  private final List<Part> parts;
  private final ArrayDeque<StorePages> pages = new ArrayDeque<>();
  private boolean begun;
  private boolean unproven;
  private boolean cut;

  /**
   * The part of one cursor.
   *
   * @param cursor the cursor
   * @param below the offset up to which the view is read, exclusive
   * @param records whether records are read; false where a ring has them, and the view only says
   *     under which keys the session receives records
   */
  record Part(PartitionCursor cursor, long below, boolean records) {}

  /**
   * Reads nothing yet.
   *
   * @param view the id of the view that was announced
   * @param user the session's user
   * @param sync records per cursor, at most
   * @param parts the cursors to serve
   */
  StoreBacklog(RecordReader store, String view, String user, int sync, List<Part> parts) {
    this.store = store;
    this.view = view;
    this.user = user;
    this.sync = sync;
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean cut() {
    return cut;
  }

  @Override
  public boolean send(Page page) {
    if (!begun) {
      begin();
      prove();
      begun = true;
    }
    while (!pages.isEmpty()) {
      StorePages first = pages.getFirst();
      first.begin();
      boolean done = first.send(page);
      unproven |= first.looked();
      if (!done) {
        return false;
      }
      cut |= first.cut();
      pages.removeFirst();
    }
    if (unproven) {
      prove();
    }
    return true;
  }

  private void begin() {
    TopicCursor.load(store, user, parts);
    for (Part part : parts) {
      if (part.records()) {
        pages.add(new StorePages(part.cursor(), part.below(), sync, store));
      } else if (part.cursor().unread()) {
        part.cursor().reach(part.below());
      }
    }
    if (!pages.isEmpty()) {
      // So one proof serves a session that misses records of one partition. The other partitions
      // are begun in turn, and proved together.
      pages.getFirst().begin();
      var unused = pages.getFirst().looked();
    }
  }

  private void prove() {
    Map<StreamPartition, Long> promised = new HashMap<>();
    parts.forEach(part -> promised.put(part.cursor().partition(), part.below()));
    store.requireView(view, promised);
    unproven = false;
  }
}
