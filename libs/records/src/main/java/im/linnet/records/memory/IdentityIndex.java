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

  private final long seed;
  private long[] hashes = new long[INITIAL];
  private long[] offsets = free(INITIAL);
  private int size;

  /**
   * @param seed differs from store to store
   */
  IdentityIndex(long seed) {
    this.seed = seed | 1;
  }

  /** Hands over the offsets of an identity's hash, in any order. */
  void forEach(String uuid, String from, LongConsumer each) {
    long hash = hash(uuid, from);
    int mask = offsets.length - 1;
    for (int slot = slot(hash, mask); offsets[slot] != FREE; slot = (slot + 1) & mask) {
      if (hashes[slot] == hash) {
        each.accept(offsets[slot]);
      }
    }
  }

  void add(String uuid, String from, long offset) {
    if (4L * (size + 1) > 3L * offsets.length) {
      grow();
    }
    put(hash(uuid, from), offset);
    size++;
  }

  // The factor differs from store to store, so that nobody can choose uuids that collide.
  private long hash(String uuid, String from) {
    long hash = seed;
    for (int i = 0; i < from.length(); i++) {
      hash = hash * seed + from.charAt(i);
    }
    hash = hash * seed + '/';
    for (int i = 0; i < uuid.length(); i++) {
      hash = hash * seed + uuid.charAt(i);
    }
    hash ^= hash >>> 29;
    hash *= 0xBF58476D1CE4E5B9L; // splitmix64's finaliser
    return hash ^ (hash >>> 32);
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
