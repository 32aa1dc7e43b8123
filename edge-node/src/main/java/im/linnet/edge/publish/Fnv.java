package im.linnet.edge.publish;

/**
 * FNV-1a (Fowler, Noll, Vo), 64 bits, over texts. A search finds two texts with one hash easily.
 * Here that does no harm: a client that does so gets wrong answers about its own messages only.
 * Pure.
 */
final class Fnv {
  static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  /** The hash of the text after all texts in {@code hash}. */
  static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * PRIME;
    }
    // Not a character, so that "a" + "bc" differs from "ab" + "c".
    return (mixed ^ 0x10000) * PRIME;
  }
}
