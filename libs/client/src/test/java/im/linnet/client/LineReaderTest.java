package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void cutsLinesWhateverTheChunks() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      List<String> lines = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        String line = "x".repeat(1 + random.nextInt(30_000)) + i;
        lines.add(line);
        text.append(line).append(random.nextBoolean() ? "\n" : "\n\n");
      }
      assertThat(read(text.toString(), 1 + random.nextInt(9_000), 64 << 10)).isEqualTo(lines);
    }
  }

  @Test
  void leavesOutALineThatWasCutOff() throws IOException {
    assertThat(read("a\nbc", 1, 100)).containsExactly("a");
  }

  @Test
  void refusesALineThatIsTooLong() {
    assertThatThrownBy(() -> read("y".repeat(70_000), 4_096, 64 << 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("65536");
  }

  private static List<String> read(String text, int chunk, int longest) throws IOException {
    InputStream in =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, chunk));
          }
        };
    LineReader reader = new LineReader(in, longest);
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(
          new String(reader.array(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return lines;
  }
}
