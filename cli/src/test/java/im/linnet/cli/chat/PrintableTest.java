package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void nothingThatSteersOrReordersIsLeft() {
    IntStream steering =
        IntStream.of(0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFF9, 0xE0001, 0xD800, 0xAD);
    IntStream.of(
            IntStream.concat(
                    IntStream.concat(IntStream.range(0, 0x20), IntStream.range(0x7F, 0xA0)),
                    IntStream.concat(
                        IntStream.concat(
                            IntStream.rangeClosed(0x202A, 0x202E),
                            IntStream.rangeClosed(0x2066, 0x206F)),
                        steering))
                .toArray())
        .filter(each -> each != '\t')
        .forEach(
            each ->
                assertThat(Printable.line("a" + Character.toString(each) + "b"))
                    .as("U+%04X", each)
                    .isIn("a\ufffdb", "a b"));
  }

  @Test
  void whatIsWrittenStays() {
    String text = "Grüße 日本語 سلام می\u200cخواهم 👩\u200d👩\u200d👧 e\u0301";
    String flag = "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F";

    assertThat(Printable.line(text + flag)).isEqualTo(text + flag);
    assertThat(Printable.line("a\tb")).isEqualTo("a    b");
  }

  @Test
  void linesAreCutAtEveryKindOfBreak() {
    assertThat(Printable.lines("a\r\nb\rc\nd\u000be\ff\u0085g\u2028h\u2029i\n"))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
    assertThat(Printable.lines("")).containsExactly("");
    assertThat(Printable.lines("a\n\nb")).containsExactly("a", "", "b");
  }
}
