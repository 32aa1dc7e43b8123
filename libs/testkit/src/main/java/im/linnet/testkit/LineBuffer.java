package im.linnet.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of bytes into lines; two reads may split a character. */
final class LineBuffer {
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  /** The lines that these bytes complete, without their ends. */
  List<String> add(byte[] bytes, int count) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        unfinished.write(bytes, from, i - from);
        lines.add(unfinished.toString(StandardCharsets.UTF_8));
        unfinished.reset();
        from = i + 1;
      }
    }
    unfinished.write(bytes, from, count - from);
    return lines;
  }
}
