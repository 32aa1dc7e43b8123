package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.cli.chat.PipedLines.Piped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipedLinesTest {
  @Test
  void aLineEndsWithLfOrCrLfAndTheLastOnePerhapsWithNothing() throws IOException {
    assertThat(texts("a\nb\r\nc")).containsExactly("a", "b", "c");
    assertThat(texts("a\n")).containsExactly("a");
    assertThat(texts("a\n\nb\n")).containsExactly("a", "", "b");
    assertThat(texts("")).isEmpty();
    assertThat(texts("a\rb\n")).containsExactly("a\rb");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(texts("\uFEFFa\n\uFEFFb\n")).containsExactly("a", "\uFEFFb");
  }

  @Test
  void whatIsNotUtf8IsNamedByItsLine() throws IOException {
    byte[] bytes = {'a', '\n', (byte) 0xC3, '\n', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n', 'b'};

    assertThat(all(new ByteArrayInputStream(bytes), 100))
        .containsExactly(
            new Piped.Text(1, "a"),
            new Piped.Unfit(2, "it is not UTF-8 text"),
            new Piped.Unfit(3, "it is not UTF-8 text"),
            new Piped.Text(4, "b"));
  }

  @Test
  void theLongestLineIsCountedInBytesWithoutItsEnd() throws IOException {
    String longest = "ü".repeat(8);
    String lines = "\uFEFF" + longest + "\r\n" + longest + "x\n" + longest + "\n";

    assertThat(all(bytes(lines), 16))
        .containsExactly(
            new Piped.Text(1, longest),
            new Piped.Unfit(2, "it is longer than the 16 bytes of a message"),
            new Piped.Text(3, longest));
  }

  @Test
  void aLineWithoutAnEndTakesNoMoreMemoryThanAMessage() throws IOException {
    InputStream endless =
        new InputStream() {
          private long left = 200_000_000;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
              return -1;
            }
            left -= length;
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            return length;
          }
        };

    assertThat(all(endless, 32 << 10)).hasOnlyElementsOfType(Piped.Unfit.class).hasSize(1);
  }

  private static List<String> texts(String input) throws IOException {
    return all(bytes(input), 1_000).stream().map(each -> ((Piped.Text) each).text()).toList();
  }

  private static List<Piped> all(InputStream in, int longest) throws IOException {
    PipedLines lines = new PipedLines(in, longest);
    List<Piped> all = new ArrayList<>();
    for (Piped each = lines.next(); each != null; each = lines.next()) {
      all.add(each);
    }
    return all;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
