package im.linnet.records.memory;

import java.util.Arrays;

/** Offsets in their order, each once. Guarded by the store's lock. */
final class Offsets {
  /** The first capacity, also of the arrays that are kept beside it. */
  static final int INITIAL = 4;

  private long[] offsets = new long[INITIAL];
  private int size;

  /** The next capacity of a full array. */
  static int grown(int length) {
    return length + (length >> 1) + 1;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return offsets[index];
  }

  /** The index of the first one at or above that offset; the size if there is none. */
  int indexOf(long offset) {
    if (size == 0 || offset > offsets[size - 1]) {
      return size;
    }
    int at = Arrays.binarySearch(offsets, 0, size, offset);
    return at >= 0 ? at : -at - 1;
  }

  /** Whether that offset, of that {@link #indexOf}, is there. */
  boolean isAt(int index, long offset) {
    return index < size && offsets[index] == offset;
  }

  /** Adds an offset that is not there at its index. */
  void insert(int index, long offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(size));
    }
    System.arraycopy(offsets, index, offsets, index + 1, size - index);
    offsets[index] = offset;
    size++;
  }
}
