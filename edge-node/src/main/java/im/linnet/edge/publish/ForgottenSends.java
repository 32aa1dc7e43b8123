package im.linnet.edge.publish;

import java.util.ArrayList;
import java.util.List;

/**
 * The identities of sends whose outcome is not remembered any more. It never denies one that was
 * added; of those that were not it takes less than one in 250 for one, up to 600,000 that were
 * added, and more behind that.
 *
 * <p>Bloom filters (Bloom, 1970), each opened when the one before it is full and twice as large
 * (Almeida et al., Scalable Bloom Filters, 2007): 4 KiB for the first 1,260, 2 MiB at the most. One
 * thread.
 */
final class ForgottenSends {
  private static final int FIRST_BITS = 1 << 15;
  private static final int LAST_BITS = 1 << 23;

  private final List<Filter> filters = new ArrayList<>(List.of(new Filter(FIRST_BITS)));

  void add(RecentSends.Key key) {
    Filter newest = filters.getLast();
    if (newest.isFull() && newest.bits() < LAST_BITS) {
      newest = new Filter(2 * newest.bits());
      filters.add(newest);
    }
    newest.add(hash(key));
  }

  /** Whether that one may have been added; it was not where the answer is no. */
  boolean mayHold(RecentSends.Key key) {
    long hash = hash(key);
    for (Filter filter : filters) {
      if (filter.mayHold(hash)) {
        return true;
      }
    }
    return false;
  }

  /** Spreads the strings' own hashes by the last steps of SplitMix64 (Steele et al., 2014). */
  private static long hash(RecentSends.Key key) {
    long recipient = 31L * key.to().hashCode() + key.stream().wire().hashCode();
    long z = (recipient << 32) ^ (key.uuid().hashCode() & 0xffffffffL);
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** One filter; its size is a power of two. */
  private static final class Filter {
    private static final int PROBES = 4;

    /** One in 2,500 is taken wrongly at so many bits for each that was added. */
    private static final int BITS_EACH = 26;

    private final long[] words;
    private int added;

    Filter(int bits) {
      this.words = new long[bits / Long.SIZE];
    }

    int bits() {
      return words.length * Long.SIZE;
    }

    boolean isFull() {
      return added >= bits() / BITS_EACH;
    }

    void add(long hash) {
      added++;
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(hash, i);
        words[bit / Long.SIZE] |= 1L << bit;
      }
    }

    boolean mayHold(long hash) {
      for (int i = 0; i < PROBES; i++) {
        int bit = bit(hash, i);
        if ((words[bit / Long.SIZE] & 1L << bit) == 0) {
          return false;
        }
      }
      return true;
    }

    /** Two hashes make all (Kirsch and Mitzenmacher, Less Hashing, Same Performance, 2006). */
    private int bit(long hash, int probe) {
      int step = (int) (hash >>> 32) | 1;
      return ((int) hash + probe * step) & (bits() - 1);
    }
  }
}
