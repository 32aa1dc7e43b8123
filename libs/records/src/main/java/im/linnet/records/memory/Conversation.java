package im.linnet.records.memory;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The messages of one sender in one mailbox: their offsets, sorted, and which of them are unread.
 * Guarded by the store's lock.
 */
final class Conversation {
  private static final int INITIAL = 4;

  private long[] offsets = new long[INITIAL];
  private BitSet unread = new BitSet();
  private int size;

  /** Adds an unread message; one that is there stays as it is. */
  void add(long offset) {
    int at = indexOf(offset);
    if (at < size && offsets[at] == offset) {
      return;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size + (size >> 1) + 1);
    }
    if (at < size) {
      System.arraycopy(offsets, at, offsets, at + 1, size - at);
      makeRoom(at);
    }
    offsets[at] = offset;
    unread.set(at);
    size++;
  }

  private void makeRoom(int at) {
    BitSet moved = new BitSet(size + 1);
    for (int i = unread.nextSetBit(0); i >= 0; i = unread.nextSetBit(i + 1)) {
      moved.set(i < at ? i : i + 1);
    }
    unread = moved;
  }

  /** Marks all messages at or below the offset as read. */
  void readUpTo(long offset) {
    int end = offset == Long.MAX_VALUE ? size : indexOf(offset + 1);
    if (end > 0) {
      unread.clear(0, end);
    }
  }

  /** Marks one message as read. */
  void read(long offset) {
    int at = indexOf(offset);
    if (at < size && offsets[at] == offset) {
      unread.clear(at);
    }
  }

  boolean isUnread(long offset) {
    int at = indexOf(offset);
    return at < size && offsets[at] == offset && unread.get(at);
  }

  boolean isUnread(int index) {
    return unread.get(index);
  }

  /** The index of the first message at or above the offset; the size where there is none. */
  int indexOf(long offset) {
    if (size == 0 || offset > offsets[size - 1]) {
      return size;
    }
    int at = Arrays.binarySearch(offsets, 0, size, offset);
    return at >= 0 ? at : -at - 1;
  }

  long offset(int index) {
    return offsets[index];
  }

  int size() {
    return size;
  }

  /** The first unread message at or behind that index, -1 where there is none. */
  int nextUnread(int index) {
    return unread.nextSetBit(index);
  }

  /** The last unread message at or before that index, -1 where there is none. */
  int previousUnread(int index) {
    return index < 0 ? -1 : unread.previousSetBit(index);
  }

  /** Counts the unread messages, up to a bound. */
  int countUnread(int most) {
    int count = 0;
    for (int i = unread.nextSetBit(0); i >= 0 && count < most; i = unread.nextSetBit(i + 1)) {
      count++;
    }
    return count;
  }
}
