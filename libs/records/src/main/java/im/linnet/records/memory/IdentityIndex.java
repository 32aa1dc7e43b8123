package im.linnet.records.memory;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Offsets by the hash of what identifies a message, in two arrays: 16 bytes a slot where a map of
 * strings takes some 150. Different identities may share a hash, so the caller confirms what is
 * found. Guarded by the store's lock.
 */
final class IdentityIndex {
  private static final int INITIAL = 8;
  private static final long FREE = -1;

  private long[] hashes = new long[INITIAL];
  private long[] offsets = free(INITIAL);
  private int size;

  /** Hands over the offsets with that hash, in any order. */
  void forEach(long hash, LongConsumer each) {
    int mask = offsets.length - 1;
    for (int slot = slot(hash, mask); offsets[slot] != FREE; slot = (slot + 1) & mask) {
      if (hashes[slot] == hash) {
        each.accept(offsets[slot]);
      }
    }
  }

  void add(long hash, long offset) {
    if (4L * (size + 1) > 3L * offsets.length) {
      grow();
    }
    put(hash, offset);
    size++;
  }

  private void put(long hash, long offset) {
    int mask = offsets.length - 1;
    int slot = slot(hash, mask);
    while (offsets[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    offsets[slot] = offset;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldOffsets = offsets;
    hashes = new long[oldHashes.length * 2];
    offsets = free(oldOffsets.length * 2);
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != FREE) {
        put(oldHashes[i], oldOffsets[i]);
      }
    }
  }

  private static int slot(long hash, int mask) {
    return (int) (hash ^ (hash >>> 32)) & mask;
  }

  private static long[] free(int length) {
    long[] offsets = new long[length];
    Arrays.fill(offsets, FREE);
    return offsets;
  }
}
