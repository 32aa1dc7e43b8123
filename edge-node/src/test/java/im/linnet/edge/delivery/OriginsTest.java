package im.linnet.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.event.SentEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final Position AT = new Position(Stream.P2P, 63, 123_456_789_012L);
  private static final Origin OF = new Origin(AT, 1_760_000_000_000L);

  private static MessageEvent message(String content) {
    return new MessageEvent(Stream.P2P, "u", "aa", "bb", "text", content);
  }

  @Test
  void isFoundInWhatTheCodecWrites() {
    ReadEvent read = new ReadEvent(Stream.P2P, "bb", "aa", new Extent.Uuids(List.of("x")));
    assertThat(Origins.of(InboxEventCodec.encode(new SentEvent(message("hi"), OF)))).isEqualTo(AT);
    assertThat(Origins.of(InboxEventCodec.encode(new ReceiptEvent(read, OF)))).isEqualTo(AT);
  }

  @Test
  void isNotFoundInAMessageThatSpellsIt() {
    String forged = "\"}},\"of\":{\"at\":\"p2p/1/2\",\"time\":3}}";
    assertThat(Origins.of(InboxEventCodec.encode(message(forged)))).isNull();
    assertThat(Origins.of(InboxEventCodec.encode(new SentEvent(message(forged), OF))))
        .isEqualTo(AT);
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
