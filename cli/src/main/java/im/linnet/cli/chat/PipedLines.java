package im.linnet.cli.chat;

import im.linnet.schemas.Limits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts piped bytes into lines. It never holds more than one line of the greatest length of a
 * message. A line ends with LF or CR LF; the last line may have no end. A byte order mark at the
 * beginning is passed over. Owned by one thread.
 */
final class PipedLines {
  private static final int BUFFER = 64 << 10;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** A line of the input; numbers begin with 1. */
  sealed interface Piped {
    /** A line that may be a message. */
    record Text(long number, String text) implements Piped {}

    /** A line that cannot be a message. */
    record Unfit(long number, String reason) implements Piped {}
  }

  private final InputStream in;
  private final int longest;
  private long number;

  PipedLines(InputStream in) {
    this(in, Limits.DEFAULT.content());
  }

  /**
   * Reads nothing yet.
   *
   * @param longest the most bytes of a line
   */
  PipedLines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.longest = longest;
  }

  /** The next line; null at the end. Blocks. */
  @Nullable Piped next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean any = false;
    boolean tooLong = false;
    // Room for the CR of a line end and for a byte order mark. They do not belong to the line.
    int room = longest + 4;
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        if (!any) {
          return null;
        }
        break;
      }
      any = true;
      if (line.size() < room) {
        line.write(each);
      } else {
        tooLong = true;
      }
    }
    number++;
    return tooLong ? tooLong() : read(line.toByteArray());
  }

  private Piped read(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length))
              .toString();
    } catch (CharacterCodingException e) {
      return new Piped.Unfit(number, "it is not UTF-8 text");
    }
    if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
      length -= BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8).length;
    }
    return length > longest ? tooLong() : new Piped.Text(number, text);
  }

  private Piped tooLong() {
    return new Piped.Unfit(number, "it is longer than the " + longest + " bytes of a message");
  }
}
