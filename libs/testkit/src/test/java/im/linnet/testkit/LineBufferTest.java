package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBufferTest {
  @Test
  void lines_come_out_whole_wherever_the_bytes_are_cut() {
    byte[] bytes = "{\"a\":\"ä\uD83D\uDE00\"}\n\n{}\nrest".getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      LineBuffer buffer = new LineBuffer();
      List<String> lines = new ArrayList<>(buffer.add(bytes, cut));
      byte[] second = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
      lines.addAll(buffer.add(second, second.length));

      assertThat(lines).as("cut at %d", cut).containsExactly("{\"a\":\"ä\uD83D\uDE00\"}", "", "{}");
    }
  }
}
