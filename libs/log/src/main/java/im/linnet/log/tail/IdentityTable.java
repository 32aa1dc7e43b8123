package im.linnet.log.tail;

/**
 * A map from 128-bit hashes to an offset and a time. It uses plain arrays with open addressing and
 * linear probing, since each message becomes an entry. Owned by one thread.
 */
final class IdentityTable {
  private static final int FIRST_SLOTS = 16;
  private static final int SLOT_BYTES = 4 * Long.BYTES;

  private long[] lows = new long[FIRST_SLOTS];
  private long[] highs = new long[FIRST_SLOTS];

  /** The offset plus one, so that 0 is an empty slot. */
  private long[] values = new long[FIRST_SLOTS];

  private long[] times = new long[FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  /** Its memory in bytes, about. */
  long bytes() {
    return (long) values.length * SLOT_BYTES;
  }

  /** The offset of that identity, -1 without one. */
  long get(long low, long high) {
    return values[slot(low, high)] - 1;
  }

  /** The time of an identity in the table. */
  long time(long low, long high) {
    return times[slot(low, high)];
  }

  /** Sets the offset and the time of that identity. */
  void put(long low, long high, long offset, long time) {
    int slot = slot(low, high);
    if (values[slot] == 0) {
      size++;
    }
    lows[slot] = low;
    highs[slot] = high;
    values[slot] = offset + 1;
    times[slot] = time;
    if (size > values.length / 4 * 3) {
      grow();
    }
  }

  /** The slot of that identity, or the empty slot for it. */
  private int slot(long low, long high) {
    int mask = values.length - 1;
    int slot = (int) low & mask;
    while (values[slot] != 0 && (lows[slot] != low || highs[slot] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldLows = lows;
    long[] oldHighs = highs;
    long[] oldValues = values;
    long[] oldTimes = times;
    int slots = 2 * oldValues.length;
    lows = new long[slots];
    highs = new long[slots];
    values = new long[slots];
    times = new long[slots];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldLows[i], oldHighs[i]);
        lows[slot] = oldLows[i];
        highs[slot] = oldHighs[i];
        values[slot] = oldValues[i];
        times[slot] = oldTimes[i];
      }
    }
  }
}
