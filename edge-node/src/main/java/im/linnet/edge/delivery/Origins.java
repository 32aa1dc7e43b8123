package im.linnet.edge.delivery;

import im.linnet.schemas.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@code of} position of a stored copy or receipt by its last bytes, without parsing the
 * value: a resume passes thousands of them.
 *
 * <p>That is exact for what our codec wrote: it writes {@code of} as the last field, and the bytes
 * that begin it cannot stand inside of a JSON string, where a quote has a backslash before it. A
 * value in another field order yields nothing, and the place is only what the next reply waits for:
 * too low a one waits for less, it loses nothing. Pure; safe on any thread.
 */
public final class Origins {
  private static final byte[] MARK = ",\"of\":{\"at\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = "\",\"time\":".getBytes(StandardCharsets.US_ASCII);

  /** More than a position, a time and what stands around them can take. */
  private static final int LONGEST = 120;

  private Origins() {}

  /** The position in a trailing {@code of}, null where the value does not end with one. */
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
