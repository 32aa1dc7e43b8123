package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "aa", "A.b_c@d-9", "0"})
  void takesUserNames(String name) {
    assertThat(Names.isUser(name)).isTrue();
    assertThat(Names.isToken(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a:b", "é", "a\n", "a\u0000", "\uff21", "a|b"})
  void refusesOtherCharactersInNames(String name) {
    assertThat(Names.isUser(name)).isFalse();
  }

  @Test
  void namesEndAtSixtyFourCharacters() {
    assertThat(Names.isUser("x".repeat(64))).isTrue();
    assertThat(Names.isUser("x".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "add_friend",
        "image/png",
        "image/svg+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "app.poll@2-x"
      })
  void takesMessageTypesAmongThemMimeTypes(String type) {
    assertThat(Names.isMessageType(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "text/plain; charset=utf-8", "a\n", "a\u0000", "é", "a|b"})
  void refusesOtherCharactersInMessageTypes(String type) {
    assertThat(Names.isMessageType(type)).isFalse();
  }

  @Test
  void messageTypesEndAtAHundredAndTwentyEightCharacters() {
    assertThat(Names.isMessageType("x".repeat(128))).isTrue();
    assertThat(Names.isMessageType("x".repeat(129))).isFalse();
  }

  @Test
  void idsAreCountedInCodePoints() {
    assertThat(Names.isId("")).isFalse();
    assertThat(Names.isId("é 你\u0000")).isTrue();
    assertThat(Names.isId("x".repeat(65))).isFalse();
    assertThat(Names.isId("😀".repeat(64))).isTrue();
    assertThat(Names.isId("😀".repeat(65))).isFalse();
    assertThat(Names.isId("x".repeat(100_000))).isFalse();
    assertThat(Names.isId("a\ud83d")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\udfff", "\udc00\ud800", "\ud800\ud800\udc00"})
  void aLoneSurrogateIsNotText(String text) {
    assertThat(Names.isWellFormed(text)).isFalse();
  }

  @Test
  void aPairIsText() {
    assertThat(Names.isWellFormed("😀\udbff\udfff\uffff")).isTrue();
  }
}
