package im.linnet.edge.publish;

import org.jspecify.annotations.Nullable;

/**
 * The fact that a send happened, after its outcome is forgotten. It takes 8 bytes for each send,
 * and holds at least the newest 65,536 sends and at most twice as many: 2 MiB at the most. A hash
 * of 64 bits stands for an identity. So an unknown identity is mistaken for a known one once in
 * 10^14 times. Such a mistake costs only a needless look-up in the view. One thread.
 */
final class ForgottenSends {
  private static final int GENERATION = 1 << 16;

  private Hashes newest = new Hashes();
  private @Nullable Hashes older;

  void add(RecentSends.Key key) {
    if (newest.size() == GENERATION) {
      older = newest;
      newest = new Hashes();
    }
    newest.add(hash(key));
  }

  /**
   * Whether that identity was added. False for very old ones; true for an unknown one only by a
   * rare chance.
   */
  boolean holds(RecentSends.Key key) {
    long hash = hash(key);
    return newest.holds(hash) || (older != null && older.holds(hash));
  }

  private static long hash(RecentSends.Key key) {
    long hash = Fnv.mixed(Fnv.OFFSET, key.stream().wire());
    return Fnv.mixed(Fnv.mixed(hash, key.to()), key.uuid());
  }

  /** A set of longs, hashed to the next free place (linear probing), at most half full. */
  private static final class Hashes {
    private static final int FIRST_PLACES = 256;

    // 0 is a free place, so a hash of 0 is taken for 1.
    private long[] places = new long[FIRST_PLACES];
    private int size;

    int size() {
      return size;
    }

    void add(long hash) {
      if (2 * size >= places.length) {
        grow();
      }
      int place = place(hash);
      if (places[place] == 0) {
        places[place] = named(hash);
        size++;
      }
    }

    boolean holds(long hash) {
      return places[place(hash)] != 0;
    }

    private void grow() {
      long[] before = places;
      places = new long[2 * before.length];
      for (long hash : before) {
        if (hash != 0) {
          places[place(hash)] = hash;
        }
      }
    }

    /** The index of that hash, or of its free place. */
    private int place(long hash) {
      long named = named(hash);
      // The high bits of FNV are the better ones.
      int place = (int) (named >>> 32) & (places.length - 1);
      while (places[place] != 0 && places[place] != named) {
        place = (place + 1) & (places.length - 1);
      }
      return place;
    }

    private static long named(long hash) {
      return hash == 0 ? 1 : hash;
    }
  }
}
