package im.linnet.schemas.event;

import im.linnet.schemas.Names;

/**
 * The key of commands about two users: both names, the smaller one first. A name has no {@code |},
 * so no other two users have the same key.
 */
public final class PairKey {
  private static final char BETWEEN = '|';

  private PairKey() {}

  /** The key of two users, the same in either order. */
  public static String of(String one, String other) {
    return one.compareTo(other) <= 0 ? one + BETWEEN + other : other + BETWEEN + one;
  }

  /** Whether the text is the key of two users. */
  static boolean isPair(String text) {
    int between = text.indexOf(BETWEEN);
    if (between < 0) {
      return false;
    }
    String smaller = text.substring(0, between);
    String greater = text.substring(between + 1);
    return Names.isUser(smaller) && Names.isUser(greater) && smaller.compareTo(greater) <= 0;
  }
}
