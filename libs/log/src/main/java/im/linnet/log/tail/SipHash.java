package im.linnet.log.tail;

import java.util.random.RandomGenerator;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012; the authors' reference code
 * for the long form). It has a secret key, so that nobody can choose names or ids that collide.
 * Owned by one thread: the two halves of the last hash are kept in fields, so that hashing
 * allocates nothing.
 */
public final class SipHash {
  private final long key0;
  private final long key1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long low;
  private long high;

  SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** A hash with a random key. It is secret if nobody can guess the generator. */
  public static SipHash keyedBy(RandomGenerator random) {
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** The first half of the last hash. */
  public long low() {
    return low;
  }

  /** The second half of the last hash. */
  public long high() {
    return high;
  }

  /** Hashes the bytes and returns 32 bits of the result. */
  int hash(byte[] bytes) {
    hash(bytes, bytes.length);
    return (int) (low ^ (low >>> 32));
  }

  /** Hashes the first {@code length} bytes; the result is in {@link #low} and {@link #high}. */
  public void hash(byte[] bytes, int length) {
    v0 = key0 ^ 0x736f6d6570736575L;
    v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = key0 ^ 0x6c7967656e657261L;
    v3 = key1 ^ 0x7465646279746573L;
    int whole = length & ~7;
    for (int i = 0; i < whole; i += 8) {
      word(littleEndian(bytes, i, 8));
    }
    word(littleEndian(bytes, whole, length - whole) | ((long) length << 56));
    v2 ^= 0xee;
    rounds(4);
    low = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xdd;
    rounds(4);
    high = v0 ^ v1 ^ v2 ^ v3;
  }

  private void word(long word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }

  private static long littleEndian(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = word << 8 | (bytes[from + i] & 0xff);
    }
    return word;
  }
}
