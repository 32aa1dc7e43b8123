package im.linnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks for a line in a growing file. It reads each byte once over all calls. Only whole lines
 * count. Used by several threads in turn.
 */
final class OutputScan {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path file;
  private final Pattern pattern;
  private final StringBuilder unfinished = new StringBuilder();
  private long position;
  private List<String> found = List.of();

  OutputScan(Path file, Pattern pattern) {
    this.file = file;
    this.pattern = pattern;
  }

  /** The first line that contains the pattern, or nothing so far. */
  synchronized List<String> next() {
    if (!found.isEmpty()) {
      return found;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
      while (found.isEmpty() && channel.read(chunk.clear(), position) > 0) {
        take(chunk.flip());
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void take(ByteBuffer chunk) {
    position += chunk.remaining();
    // The searched marks are ASCII. A single-byte charset is enough for them, and it never splits a
    // character.
    unfinished.append(StandardCharsets.ISO_8859_1.decode(chunk));
    int from = 0;
    for (int end = unfinished.indexOf("\n"); end >= 0; end = unfinished.indexOf("\n", from)) {
      String line = unfinished.substring(from, end);
      from = end + 1;
      if (pattern.matcher(line).find()) {
        found = List.of(line);
        return;
      }
    }
    unfinished.delete(0, from);
  }
}
