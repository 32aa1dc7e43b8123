package im.linnet.schemas;

/**
 * Judges raw bytes before a JSON parser sees them: parsers are lenient with malformed UTF-8 and
 * guess at UTF-16. The bytes that they let pass would reach other people's screens. One pass, no
 * copy.
 */
public final class Utf8 {
  private Utf8() {}

  /** Whether the bytes are text in strict UTF-8 without NUL. */
  public static boolean isText(byte[] bytes, int from, int to) {
    return scan(bytes, from, to, 1);
  }

  /**
   * Whether the bytes are one line of strict UTF-8 between braces. Such bytes can be spliced into a
   * frame and sent unchanged.
   */
  public static boolean isObjectLine(byte[] bytes) {
    int last = bytes.length - 1;
    return last > 0 && bytes[0] == '{' && bytes[last] == '}' && scan(bytes, 0, bytes.length, ' ');
  }

  /** The number of UTF-8 bytes that well-formed text takes. */
  public static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  private static boolean scan(byte[] bytes, int from, int to, int lowest) {
    int i = from;
    while (i < to) {
      int lead = bytes[i];
      if (lead >= lowest) {
        i++;
      } else if (lead >= 0) {
        return false;
      } else {
        int length = sequence(bytes, i, to);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** The length of the multi-byte sequence at i, 0 if i does not begin one (Unicode, table 3-7). */
  private static int sequence(byte[] bytes, int i, int to) {
    int lead = bytes[i] & 0xff;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || i + length > to) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
