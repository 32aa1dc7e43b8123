package im.linnet.edge.publish;

/**
 * The identities of sends whose outcome is not remembered any more, in 32 KiB however many they
 * are: a Bloom filter (Bloom, 1970). It never denies one that was added. Of those that were not it
 * takes one in 2,500 for one once 10,000 were added, one in 100 at 25,000, one in 3 at 100,000. One
 * thread.
 */
final class ForgottenSends {
  private static final int BITS = 1 << 18;
  private static final int PROBES = 4;

  private final long[] words = new long[BITS / Long.SIZE];

  void add(RecentSends.Key key) {
    long hash = hash(key);
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(hash, i);
      words[bit / Long.SIZE] |= 1L << bit;
    }
  }

  /** Whether that one may have been added; it was not where the answer is no. */
  boolean mayHold(RecentSends.Key key) {
    long hash = hash(key);
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(hash, i);
      if ((words[bit / Long.SIZE] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Two hashes make all (Kirsch and Mitzenmacher, Less Hashing, Same Performance, 2006). */
  private static int bit(long hash, int probe) {
    int step = (int) (hash >>> 32) | 1;
    return ((int) hash + probe * step) & (BITS - 1);
  }

  /** Spreads the strings' own hashes by the last steps of SplitMix64 (Steele et al., 2014). */
  private static long hash(RecentSends.Key key) {
    long recipient = 31L * key.to().hashCode() + key.stream().ordinal();
    long z = (recipient << 32) ^ (key.uuid().hashCode() & 0xffffffffL);
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
