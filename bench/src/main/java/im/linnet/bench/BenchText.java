package im.linnet.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a load message: its sender, its number and its planned time, padded to the wanted
 * length. It needs no escapes in JSON: {@code 12.345.987654321.xxxx}.
 */
final class BenchText {
  private BenchText() {}

  /** The text of that length, or longer if the numbers need more. */
  static String of(int sender, long number, long nanos, int length) {
    StringBuilder text = new StringBuilder(length);
    text.append(sender).append('.').append(number).append('.').append(nanos).append('.');
    while (text.length() < length) {
      text.append('x');
    }
    return text.toString();
  }

  /** The number that ends at the next dot from {@code from} on. */
  static long number(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; bytes[i] != '.'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  /** The index after the next dot from {@code from} on. */
  static int afterDot(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] != '.') {
      i++;
    }
    return i + 1;
  }

  /** Whether the bytes between two indexes begin with a prefix. */
  static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
