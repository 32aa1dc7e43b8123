package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest counting records of one partition, in offset order, without a gap from {@link #start}
 * on. The hashes of the keys stand in an array of their own, so that a search for one user's
 * records touches little memory. Owned by one thread.
 */
final class Ring {
  private static final int FIRST_SLOTS = 64;

  /** The memory of an entry without its bytes: objects, array headers and the slots. */
  private static final int OVERHEAD_BYTES = 280;

  private @Nullable LogRecord[] records = new LogRecord[FIRST_SLOTS];
  private int[] hashes = new int[FIRST_SLOTS];
  private boolean[] known = new boolean[FIRST_SLOTS];
  private int head;
  private int size;
  private final Consumer<LogRecord> leaving;
  private long start;
  private long bytes;

  /**
   * @param leaving told each record that is forgotten and was never {@link #knowNewest known}
   */
  Ring(long start, Consumer<LogRecord> leaving) {
    this.start = start;
    this.leaving = leaving;
  }

  /** The offset from which on the ring is complete. */
  long start() {
    return start;
  }

  int size() {
    return size;
  }

  long bytes() {
    return bytes;
  }

  /** The broker time of the oldest record, {@link Long#MAX_VALUE} without one. */
  long oldestTime() {
    return size == 0 ? Long.MAX_VALUE : get(0).timestamp();
  }

  /** Appends a record. */
  void append(int keyHash, LogRecord record) {
    if (size == hashes.length) {
      grow();
    }
    int slot = (head + size) & (hashes.length - 1);
    records[slot] = record;
    hashes[slot] = keyHash;
    known[slot] = false;
    size++;
    bytes += cost(record);
  }

  /** The newest record was decoded, and is valid. */
  void knowNewest() {
    known[(head + size - 1) & (hashes.length - 1)] = true;
  }

  /** Forgets the oldest record. From now on the ring is complete after it. */
  void evictOldest() {
    LogRecord oldest = get(0);
    boolean wasKnown = known[head];
    records[head] = null;
    head = (head + 1) & (hashes.length - 1);
    size--;
    bytes -= cost(oldest);
    start = oldest.offset() + 1;
    if (!wasKnown) {
      leaving.accept(oldest);
    }
  }

  /** Forgets all records below that offset. The ring is complete from there on. */
  void beginAt(long offset) {
    while (size > 0 && get(0).offset() < offset) {
      evictOldest();
    }
    start = Math.max(start, offset);
  }

  /** The index of the first record at or above that offset; {@link #size} without one. */
  int indexOf(long offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The record at that offset, null without one. */
  @Nullable LogRecord at(long offset) {
    int index = indexOf(offset);
    if (index == size) {
      return null;
    }
    LogRecord record = get(index);
    return record.offset() == offset ? record : null;
  }

  /** The record at an index; 0 is the oldest. */
  LogRecord get(int index) {
    LogRecord record = records[(head + index) & (hashes.length - 1)];
    if (record == null) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return record;
  }

  /** The key hash of the record at an index. */
  int keyHash(int index) {
    return hashes[(head + index) & (hashes.length - 1)];
  }

  private void grow() {
    int slots = 2 * hashes.length;
    @Nullable LogRecord[] moreRecords = new LogRecord[slots];
    int[] moreHashes = new int[slots];
    boolean[] moreKnown = new boolean[slots];
    for (int i = 0; i < size; i++) {
      moreRecords[i] = get(i);
      moreHashes[i] = keyHash(i);
      moreKnown[i] = known[(head + i) & (hashes.length - 1)];
    }
    records = moreRecords;
    hashes = moreHashes;
    known = moreKnown;
    head = 0;
  }

  /** The memory of a record in bytes, about. */
  static long cost(LogRecord record) {
    return OVERHEAD_BYTES
        + length(record.key())
        + length(record.value())
        + length(record.headers().type())
        + length(record.headers().id())
        + length(record.headers().source())
        + length(record.headers().time())
        + length(record.headers().session());
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
