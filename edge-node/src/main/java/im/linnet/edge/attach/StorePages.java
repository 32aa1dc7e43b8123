package im.linnet.edge.attach;

import im.linnet.edge.attach.StoreSource.Stored;
import im.linnet.edge.delivery.Origins;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Position;
import im.linnet.schemas.frame.Frames;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What the view has for one cursor: the records of all its sources, merged by offset. Used by one
 * thread at a time.
 */
final class StorePages {
  private static final int FIRST_PAGE = 64;
  private static final int LEAST_PAGE = 8;
  private static final int LARGEST_PAGE = 500;

  /** Records of one look-up take about that much memory, once their size is known. */
  private static final long LOOK_UP_BYTES = 256 << 10;

  private final PartitionCursor cursor;
  private final long below;
  private final int sync;
  private final RecordReader store;
  private final PriorityQueue<Pages> sources =
      new PriorityQueue<>(Comparator.comparingLong(Pages::next));
  private int readers = 1;
  private boolean begun;
  private boolean looked;
  private boolean cut;

  /**
   * Reads nothing yet.
   *
   * @param below the offset up to which the view is read, exclusive
   * @param sync records that the session is sent, at most
   */
  StorePages(PartitionCursor cursor, long below, int sync, RecordReader store) {
    this.cursor = cursor;
    this.below = below;
    this.sync = sync;
    this.store = store;
  }

  /** Whether older records than the session may be sent were left out. */
  boolean cut() {
    return cut;
  }

  /** Whether the store has been asked since the last call. */
  boolean looked() {
    boolean asked = looked;
    looked = false;
    return asked;
  }

  /** The first look-ups, once. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    List<StoreSource> all = cursor.sources(store, below);
    readers = Math.max(1, all.size());
    long floor = floor(all);
    for (StoreSource source : all) {
      Pages pages = new Pages(source, Math.max(source.above(), floor));
      if (pages.fill()) {
        sources.add(pages);
      }
    }
  }

  /** So many offsets hold no more records than that, so most sessions cost no look-up here. */
  private long floor(List<StoreSource> all) {
    long lowest = all.stream().mapToLong(StoreSource::above).min().orElse(below);
    if (below - 1 - lowest <= sync) {
      return lowest;
    }
    long floor = NewestRecords.floor(all, sync);
    cut |= floor >= 0;
    return Math.max(lowest, floor);
  }

  /** Sends what the page takes; true once all has been sent and the cursor stands after it. */
  boolean send(Page out) {
    while (!sources.isEmpty()) {
      if (out.isFull()) {
        return false;
      }
      Pages first = sources.remove();
      Stored record = first.take();
      if (first.tells(record)) {
        push(record, first.unread(), out);
      }
      if (first.fill()) {
        sources.add(first);
      }
    }
    cursor.reach(below);
    return true;
  }

  private void push(Stored record, boolean unread, Page out) {
    out.session().seenOffsets().saw(cursor.partition(), record.offset());
    Position origin = unread ? null : Origins.of(record.value());
    if (origin != null) {
      out.session().seenOffsets().saw(origin);
    }
    out.send(
        Frames.push(
            cursor.partition().stream(),
            cursor.partition().partition(),
            record.offset(),
            record.time(),
            record.value()));
  }

  /** The pages of one source. */
  private final class Pages {
    private final StoreSource source;
    private final ArrayDeque<Stored> page = new ArrayDeque<>();
    private long above;
    private int limit = Math.clamp(FIRST_PAGE / readers, 1, FIRST_PAGE);
    private boolean last;

    Pages(StoreSource source, long above) {
      this.source = source;
      this.above = above;
    }

    boolean unread() {
      return source.unread();
    }

    boolean tells(Stored record) {
      return source.tells(record);
    }

    /** The offset of its next record, which is there. */
    long next() {
      return page.getFirst().offset();
    }

    Stored take() {
      Stored next = page.removeFirst();
      above = next.offset();
      return next;
    }

    /** Reads on where its page is used up; whether there is a next record. */
    boolean fill() {
      if (page.isEmpty() && !last && above < source.below() - 1) {
        looked = true;
        List<Stored> found = source.look().page(above, source.below(), limit);
        last = found.size() < limit;
        page.addAll(found);
        limit = fitting(found);
      }
      return !page.isEmpty();
    }

    private int fitting(List<Stored> found) {
      long bytes = 1;
      for (Stored each : found) {
        bytes += each.value().length;
      }
      long fitting = LOOK_UP_BYTES / readers * Math.max(1, found.size()) / bytes;
      return Math.clamp(fitting, LEAST_PAGE, LARGEST_PAGE);
    }
  }
}
