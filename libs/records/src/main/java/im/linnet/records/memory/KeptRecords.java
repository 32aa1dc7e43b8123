package im.linnet.records.memory;

import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;
import java.util.Arrays;

/** Delivered records of one key, by offset, in parallel arrays. Guarded by the store's lock. */
final class KeptRecords {
  private final Stream stream;
  private final String key;
  private final int partition;
  private final Offsets offsets = new Offsets();
  private long[] times = new long[Offsets.INITIAL];
  private byte[][] values = new byte[Offsets.INITIAL][];
  private boolean[] messages = new boolean[Offsets.INITIAL];

  KeptRecords(Stream stream, String key, int partition) {
    this.stream = stream;
    this.key = key;
    this.partition = partition;
  }

  /** Adds a record; false if its offset is there. */
  boolean add(InboxRecord delivered, boolean isMessage) {
    long offset = delivered.offset();
    int at = offsets.indexOf(offset);
    if (offsets.isAt(at, offset)) {
      return false;
    }
    if (offsets.size() == times.length) {
      int room = Offsets.grown(times.length);
      times = Arrays.copyOf(times, room);
      values = Arrays.copyOf(values, room);
      messages = Arrays.copyOf(messages, room);
    }
    int count = offsets.size() - at;
    System.arraycopy(times, at, times, at + 1, count);
    System.arraycopy(values, at, values, at + 1, count);
    System.arraycopy(messages, at, messages, at + 1, count);
    offsets.insert(at, offset);
    times[at] = delivered.time();
    values[at] = delivered.value();
    messages[at] = isMessage;
    return true;
  }

  int size() {
    return offsets.size();
  }

  /** The index of the first record at or above that offset; the size if there is none. */
  int indexOf(long offset) {
    return offsets.indexOf(offset);
  }

  /** The index of the first record above that offset; the size if there is none. */
  int firstAbove(long offset) {
    return offset == Long.MAX_VALUE ? offsets.size() : offsets.indexOf(offset + 1);
  }

  long offset(int index) {
    return offsets.get(index);
  }

  boolean isMessage(int index) {
    return messages[index];
  }

  byte[] value(int index) {
    return values[index];
  }

  InboxRecord get(int index) {
    return new InboxRecord(stream, key, partition, offsets.get(index), times[index], values[index]);
  }

  /** Puts other bytes in the place of a record's. */
  void replace(int index, byte[] value) {
    values[index] = value;
  }
}
