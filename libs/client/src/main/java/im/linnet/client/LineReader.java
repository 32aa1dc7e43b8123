package im.linnet.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines. A line that fits the buffer is not copied. The reader never holds more
 * than one line of the longest length allowed. Owned by one thread.
 */
final class LineReader {
  private static final int FIRST_SIZE = 16 << 10;

  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int start;
  private int end;
  private int length;

  LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * Moves to the next line that is not empty; its bytes are in {@link #array} until the next call.
   *
   * @return true if there is such a line; false at the end of the stream
   * @throws IOException if the stream fails, or a line is too long
   */
  boolean next() throws IOException {
    start += length;
    length = 0;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          if (i == start) {
            start++;
            continue;
          }
          length = i - start;
          return true;
        }
      }
      scanned = end;
      int moved = makeRoom();
      scanned -= moved;
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return false;
      }
      end += read;
    }
  }

  byte[] array() {
    return buffer;
  }

  int offset() {
    return start;
  }

  int length() {
    return length;
  }

  /**
   * Shifts or grows the buffer so that at least one byte can be read.
   *
   * @return the number of bytes by which the content shifted
   */
  private int makeRoom() throws IOException {
    if (end < buffer.length) {
      return 0;
    }
    int shift = start;
    if (shift > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      start = 0;
      end -= shift;
    } else if (buffer.length >= longest) {
      throw new FrameTooLongException(longest);
    } else {
      buffer = Arrays.copyOf(buffer, Math.min(longest, buffer.length * 2));
    }
    return shift;
  }
}
