package im.linnet.edge.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into lines. A line within one chunk is handed on in place, without a copy. A
 * line over several chunks is gathered in an array. The array is released afterwards, so an idle
 * connection holds no array. A carriage return before the newline is not part of the line; empty
 * lines are skipped. One thread.
 */
final class LineSplitter {
  private static final int SMALLEST = 512;

  private final int limit;
  private byte @Nullable [] partial;
  private int length;

  /**
   * @param limit the length of the longest line in bytes, without its end
   */
  LineSplitter(int limit) {
    this.limit = limit;
  }

  /** Takes lines. */
  @FunctionalInterface
  interface Lines {
    /**
     * Takes the line in {@code bytes[from, to)}.
     *
     * @return whether to go on; if not, the rest of the chunk is dropped
     */
    boolean line(byte[] bytes, int from, int to);
  }

  /** Takes a chunk. Returns false if a line is longer than the limit. */
  boolean feed(byte[] chunk, Lines lines) {
    int from = 0;
    while (from < chunk.length) {
      int end = indexOfNewline(chunk, from);
      if (end < 0) {
        return gather(chunk, from, chunk.length);
      }
      boolean goOn;
      if (length == 0) {
        int to = withoutReturn(chunk, from, end);
        if (to - from > limit) {
          return false;
        }
        goOn = to == from || lines.line(chunk, from, to);
      } else {
        if (!gather(chunk, from, end)) {
          return false;
        }
        if (!fits()) {
          return false;
        }
        goOn = emit(lines);
      }
      if (!goOn) {
        return true;
      }
      from = end + 1;
    }
    return true;
  }

  /** Ends the line that has no newline. Returns false if it is longer than the limit. */
  boolean flush(Lines lines) {
    if (!fits()) {
      return false;
    }
    if (length > 0) {
      emit(lines);
    }
    return true;
  }

  /** Releases the gathered part of a line. */
  void release() {
    partial = null;
    length = 0;
  }

  private boolean emit(Lines lines) {
    byte[] line = partial;
    int to = line == null ? 0 : withoutReturn(line, 0, length);
    release();
    return line == null || to == 0 || lines.line(line, 0, to);
  }

  private boolean fits() {
    byte[] line = partial;
    return line == null || withoutReturn(line, 0, length) <= limit;
  }

  /** Gathers a part of a line. One byte above the limit is let in: it may be a carriage return. */
  private boolean gather(byte[] chunk, int from, int to) {
    int grown = length + (to - from);
    if (grown > limit + 1) {
      return false;
    }
    byte[] into = partial;
    if (into == null) {
      into = new byte[Math.max(grown, Math.min(SMALLEST, limit + 1))];
    } else if (into.length < grown) {
      into = Arrays.copyOf(into, Math.max(grown, Math.min(into.length * 2, limit + 1)));
    }
    System.arraycopy(chunk, from, into, length, to - from);
    partial = into;
    length = grown;
    return true;
  }

  private static int indexOfNewline(byte[] chunk, int from) {
    for (int i = from; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int withoutReturn(byte[] bytes, int from, int end) {
    return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
  }
}
