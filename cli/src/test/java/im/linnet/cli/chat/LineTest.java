package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.MessageChange;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  @Test
  void aLineIsAMessageAsItIs() {
    assertThat(Line.parse(" Hello  you ")).isEqualTo(new Line.Say(" Hello  you "));
    assertThat(Line.parse("//etc")).isEqualTo(new Line.Say("/etc"));
    assertThat(Line.parse("   ")).isEqualTo(new Line.Blank());
  }

  @Test
  void aCommandIsReadWithItsArgument() {
    assertThat(Line.parse("/to aa")).isEqualTo(new Line.To("aa"));
    assertThat(Line.parse("/history")).isEqualTo(new Line.History(OptionalInt.empty()));
    assertThat(Line.parse("/history 200")).isEqualTo(new Line.History(OptionalInt.of(200)));
    assertThat(Line.parse("/more  7 ")).isEqualTo(new Line.More(OptionalInt.of(7)));
    assertThat(Line.parse("/edit  Hello  you"))
        .isEqualTo(new Line.Change(new MessageChange.Edit("Hello  you")));
    assertThat(Line.parse("/recall")).isEqualTo(new Line.Change(new MessageChange.Recall()));
    assertThat(Line.parse("/unread")).isEqualTo(new Line.Unread());
    assertThat(Line.parse("/help")).isEqualTo(new Line.Help());
    assertThat(Line.parse("/quit ")).isEqualTo(new Line.Quit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/history 0", "/history 201", "/history -1", "/more x", "/edit ", "/dance"})
  void whatIsWrongIsSaid(String line) {
    assertThat(Line.parse(line)).isInstanceOf(Line.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/to", "/to a b", "/to b\nHello", "/to \u00e4"})
  void aNameThatNobodyHasIsNobody(String line) {
    assertThat(Line.parse(line)).isInstanceOf(Line.Nobody.class);
  }

  @Test
  void severalLinesAreOneMessage() {
    assertThat(Line.parse("a\n /quit\nb")).isEqualTo(new Line.Say("a\n /quit\nb"));
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(Line.parse("/dance now"))
        .isEqualTo(
            new Line.Wrong(
                "/dance is not a command; /help lists them, and // begins a message with a slash"));
  }
}
