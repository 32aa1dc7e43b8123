package im.linnet.edge.delivery;

import im.linnet.schemas.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@code of} position of a stored copy or receipt in its last bytes. It does not parse
 * the value, since a resume passes thousands of them.
 *
 * <p>This is exact for values of our codec. It writes {@code of} as the last field, and the bytes
 * that begin the field cannot stand in a JSON string, where a quote has a backslash before it. A
 * value in another field order yields nothing. That does no harm: the next reply waits for this
 * position, and so waits for less. Pure; safe on any thread.
 */
public final class Origins {
  private static final byte[] MARK = ",\"of\":{\"at\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = "\",\"time\":".getBytes(StandardCharsets.US_ASCII);

  /** More bytes than a position and a time with their surroundings. */
  private static final int LONGEST = 120;

  private Origins() {}

  /** The position in a trailing {@code of}; null if the value does not end with one. */
  public static @Nullable Position of(byte[] value) {
    int last = value.length - 1;
    if (last < 2 || value[last] != '}' || value[last - 1] != '}') {
      return null;
    }
    int time = last - 2;
    while (time >= 0 && value[time] >= '0' && value[time] <= '9') {
      time--;
    }
    int quote = time - TIME.length + 1;
    if (time == last - 2 || !matches(value, quote, TIME)) {
      return null;
    }
    int lowest = Math.max(0, quote - LONGEST);
    for (int i = quote - MARK.length; i >= lowest; i--) {
      if (value[i] == ',' && matches(value, i, MARK)) {
        int from = i + MARK.length;
        return Position.parse(new String(value, from, quote - from, StandardCharsets.US_ASCII));
      }
    }
    return null;
  }

  private static boolean matches(byte[] value, int at, byte[] expected) {
    if (at < 0 || at + expected.length > value.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (value[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
