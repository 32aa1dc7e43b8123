package im.linnet.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.linnet.schemas.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {
  private static final String SEND = "{'id':'7','op':'send','kind':'p2p','to':'bb','content':'Hi'}";

  private final RequestDecoder decoder = new RequestDecoder(Limits.DEFAULT);

  private RequestFields decode(String frame) throws ProtocolErrorException {
    return decode(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private RequestFields decode(byte[] frame) throws ProtocolErrorException {
    return decoder.decode(frame, 0, frame.length);
  }

  private void assertProtocolError(byte[] frame) {
    ProtocolErrorException e =
        catchThrowableOfType(ProtocolErrorException.class, () -> decode(frame));
    assertThat(e).as(new String(frame, StandardCharsets.ISO_8859_1)).isNotNull();
    assertThat(Frames.close(CloseCode.PROTOCOL_ERROR, String.valueOf(e.getMessage()), 0))
        .hasSizeLessThan(600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "7",
        "'text'",
        "[]",
        "[{'op':'ping'}]",
        "{",
        "{'op'",
        "{'op':",
        "{'op':'ping'",
        "{'op':'ping',}",
        "{op:'ping'}",
        "{'op':'ping'} x",
        "{'op':'ping'}{'op':'ping'}",
        "{'op':'ping'}]",
        "{'op':'ping','n':NaN}",
        "{'op':'ping','n':01}",
        "{'op':'pi\tng'}",
        "{'op':'\\x'}",
        "{'op':'ping'} //"
      })
  void aLineThatIsNotOneObjectIsAProtocolError(String frame) {
    assertProtocolError(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyTruncationIsAProtocolError() {
    byte[] frame =
        "{\"op\":\"send\",\"uuids\":[\"a\",{\"b\":[1.5e3]}],\"x\":{\"y\":null},\"retry\":true}"
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < frame.length; length++) {
      assertProtocolError(java.util.Arrays.copyOf(frame, length));
    }
  }

  @Test
  void bytesThatAreNotUtf8AreAProtocolError() {
    for (int lead : new int[] {0x80, 0xc0, 0xc3, 0xe2, 0xf5, 0xff, 0x00}) {
      byte[] frame = SEND.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      frame[new String(frame, StandardCharsets.UTF_8).indexOf("Hi")] = (byte) lead;
      assertProtocolError(frame);
    }
    assertProtocolError("{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_16LE));
    assertProtocolError("{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_16));
  }

  /** Each row: what the client's author is told, the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a frame must be one JSON object, this one is blank | `  `",
        "a frame must be one JSON object, this one is a list | [{'op':'ping'}]",
        "a frame must be one JSON object, this one is a string | 'ping'",
        "a frame must be one JSON object, this one is a number | 7",
        "a frame must be one JSON object, this one is a number | -7.5",
        "a frame must be one JSON object, this one is null | null",
        "a frame must be one JSON object, this one is true or false | true",
        "a frame must be one JSON object; something follows it | {'op':'ping'}{'op':'ping'}",
        "a frame must be one JSON object; something follows it | {'op':'ping'} 7",
        "not JSON near byte 11 | {'op':ping}",
        "not JSON near byte 15 | {'op':'ping'} x",
        "not JSON near byte 1 | x",
        "not JSON near byte 2 | {op:'ping'}",
        "not JSON near byte 14 | {'op':'ping',}",
        "not JSON: it ends before its object does | {'op':'ping'",
        "not JSON: it ends before its object does | {'op':'pi"
      })
  void aProtocolErrorSaysWhatIsWrongAndWhere(String told, String line) {
    assertThat(protocolError(line)).isEqualTo(told);
  }

  @Test
  void aProtocolErrorNamesTheDepthThatIsAllowed() {
    assertThat(protocolError("{'x':" + "[".repeat(1_000)))
        .isEqualTo("nested deeper than 1000 levels");
  }

  private String protocolError(String line) {
    byte[] padded = (line.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
    return String.valueOf(
        catchThrowableOfType(
                ProtocolErrorException.class, () -> decoder.decode(padded, 0, padded.length - 1))
            .getMessage());
  }

  @Test
  void aSurrogateInRawBytesIsNotUtf8() {
    for (int second : new int[] {0xa0, 0xb0}) {
      byte[] frame = SEND.replace('\'', '"').replace("Hi", "abc").getBytes(StandardCharsets.UTF_8);
      int at = new String(frame, StandardCharsets.UTF_8).indexOf("abc");
      frame[at] = (byte) 0xed;
      frame[at + 1] = (byte) second;
      frame[at + 2] = (byte) 0x80;
      assertProtocolError(frame);
    }
  }

  @Test
  void nestingHasAnEnd() {
    for (String open : List.of("[", "{\"a\":")) {
      assertProtocolError(("{\"x\":" + open.repeat(10_000)).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void readsOnlyItsRange() throws Exception {
    byte[] frames = "{\"op\":\"ping\"}\n{\"op\":\"pong\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(frames, 0, 13).op()).isEqualTo("ping");
    assertThat(decoder.decode(frames, 14, 13).op()).isEqualTo("pong");
  }

  @Test
  void aByteOrderMarkBeforeAFrameIsPassedOver() throws Exception {
    assertThat(decode("\ufeff{'op':'ping'}").op()).isEqualTo("ping");
  }
}
