package im.linnet.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.Message;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.Read;
import im.linnet.schemas.event.Receipt;
import im.linnet.schemas.event.Sent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final Position AT = new Position(Stream.P2P, 63, 123_456_789_012L);
  private static final Origin OF = new Origin(AT, 1_760_000_000_000L);

  private static Message message(String content) {
    return new Message(Stream.P2P, "u", "aa", "bb", "text", content);
  }

  @Test
  void isFoundInWhatTheCodecWrites() {
    Read read = new Read(Stream.P2P, "bb", "aa", new Extent.Uuids(List.of("x")));
    assertThat(Origins.of(InboxEventCodec.encode(new Sent(message("hi"), OF)))).isEqualTo(AT);
    assertThat(Origins.of(InboxEventCodec.encode(new Receipt(read, OF)))).isEqualTo(AT);
  }

  @Test
  void isNotFoundInAMessageThatSpellsIt() {
    String forged = "\"}},\"of\":{\"at\":\"p2p/1/2\",\"time\":3}}";
    assertThat(Origins.of(InboxEventCodec.encode(message(forged)))).isNull();
    assertThat(Origins.of(InboxEventCodec.encode(new Sent(message(forged), OF)))).isEqualTo(AT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "}",
        "}}",
        "{}}",
        "{\"of\":{\"at\":\"p2p/1/2\",\"time\":}}",
        "{\"a\":1,\"of\":{\"time\":3,\"at\":\"p2p/1/2\"}}",
        "{\"a\":1,\"of\":{\"at\":\"nowhere\",\"time\":3}}",
        "\",\"time\":3}}"
      })
  void otherValuesHaveNone(String value) {
    assertThat(Origins.of(value.getBytes(StandardCharsets.UTF_8))).isNull();
  }
}
