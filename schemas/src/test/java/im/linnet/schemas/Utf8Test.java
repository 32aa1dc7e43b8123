package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @Test
  void agreesWithTheJdksDecoder() {
    Random random = new Random(11);
    byte[] interesting =
        HexFormat.of().parseHex("017fc0c1c2df80bf8f909fa0e0e1ecedeeeff0f1f3f4f5ff7b7d22");
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = interesting[random.nextInt(interesting.length)];
      }
      boolean expected = jdkTakes(bytes);
      valid += expected ? 1 : 0;

      byte[] object = new byte[bytes.length + 2];
      object[0] = '{';
      System.arraycopy(bytes, 0, object, 1, bytes.length);
      object[object.length - 1] = '}';
      boolean control = false;
      for (byte b : bytes) {
        control |= b >= 0 && b < ' ';
      }
      assertThat(Utf8.isObjectLine(object))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(expected && !control);
      assertThat(Utf8.isText(bytes, 0, bytes.length)).isEqualTo(expected);
    }
    assertThat(valid).isGreaterThan(1_000);
  }

  private static boolean jdkTakes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0a2",
        "80",
        "c3",
        "e282",
        "eda080",
        "edb080",
        "f0808080",
        "f4908080",
        "ff",
        "00",
        "f09f98"
      })
  void refusesWhatIsNotUtf8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Utf8.isText(bytes, 0, bytes.length)).isFalse();
  }

  @Test
  void looksOnlyAtItsRange() {
    byte[] bytes = HexFormat.of().parseHex("ff7b7dff");
    assertThat(Utf8.isText(bytes, 1, 3)).isTrue();
    assertThat(Utf8.isText(bytes, 1, 4)).isFalse();
    assertThat(Utf8.isText(HexFormat.of().parseHex("c3a9"), 0, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "}", "[]", " {}", "{} ", "{}\n", "{\n}", "{\"a\":\t1}"})
  void anObjectLineHasNothingAroundItAndNoControlCharacter(String text) {
    assertThat(Utf8.isObjectLine(text.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void countsBytes() {
    for (String text : new String[] {"", "a", "é", "你", "😀", "a\u0000é你😀\uffff"}) {
      assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
