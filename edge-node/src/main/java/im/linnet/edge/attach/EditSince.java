package im.linnet.edge.attach;

import im.linnet.schemas.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the {@code since} of a stored edit in its last bytes. It does not parse the value, since a
 * resume passes thousands of them.
 *
 * <p>This is exact for values of our codec. It writes {@code since} as the last field, and the
 * bytes that begin the field cannot stand in a JSON string, where a quote has a backslash before
 * it. Pure; safe on any thread.
 */
final class EditSince {
  private static final byte[] EDIT = "{\"op\":\"edit\",".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MARK = ",\"since\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

  private EditSince() {}

  /** The offset in it; {@code Long.MAX_VALUE} for every other record. */
  static long of(byte[] value) {
    int end = value.length - END.length;
    if (end < EDIT.length || !stands(EDIT, value, 0) || !stands(END, value, end)) {
      return Long.MAX_VALUE;
    }
    int from = end;
    while (value[from - 1] != '"') {
      from--;
    }
    Position since =
        stands(MARK, value, from - MARK.length)
            ? Position.parse(new String(value, from, end - from, StandardCharsets.US_ASCII))
            : null;
    return since == null ? Long.MAX_VALUE : since.offset();
  }

  private static boolean stands(byte[] expected, byte[] value, int at) {
    return at >= 0 && Arrays.equals(value, at, at + expected.length, expected, 0, expected.length);
  }
}
