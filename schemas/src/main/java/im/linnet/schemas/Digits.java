package im.linnet.schemas;

/** Strict decimal numbers: digits only, no sign, no leading zero, at most 18 digits. */
final class Digits {
  private static final int MAX_DIGITS = 18;

  private Digits() {}

  /** The number in {@code text[from, to)}, or -1 if it is not one. */
  static long parse(String text, int from, int to) {
    int length = to - from;
    if (length < 1 || length > MAX_DIGITS || (length > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
