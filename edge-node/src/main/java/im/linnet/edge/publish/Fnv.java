package im.linnet.edge.publish;

/**
 * FNV-1a (Fowler, Noll, Vo), 64 bits, over texts. Whoever looks for two texts of one hash finds
 * them; here only a client could, to be told a wrong thing about its own messages. Pure.
 */
final class Fnv {
  static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  /** The hash of all before and this text. */
  static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * PRIME;
    }
    // No character: so that "a" + "bc" is not "ab" + "c".
    return (mixed ^ 0x10000) * PRIME;
  }
}
