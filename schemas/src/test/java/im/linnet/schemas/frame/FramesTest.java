package im.linnet.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }

  @Test
  void aPushIsItsPlaceAndTheLogsOwnBytes() throws Exception {
    byte[] value =
        InboxEventCodec.encode(
            new MessageEvent(Stream.P2P, "u", "aa", "bb", "text", "Zoë 😀 \u0000\n\"\u2028"));
    byte[] frame = Frames.push(Stream.P2P, 3, 812, 1763755200123L, value);
    String prefix = "{\"at\":\"p2p/3/812\",\"time\":1763755200123,";
    assertThat(frame)
        .startsWith(prefix.getBytes(StandardCharsets.UTF_8))
        .endsWith(java.util.Arrays.copyOfRange(value, 1, value.length))
        .hasSize(prefix.length() + value.length - 1)
        .doesNotContain((byte) '\n');
    JsonNode json = MAPPER.readTree(frame);
    assertThat(json.path("at").textValue()).isEqualTo("p2p/3/812");
    assertThat(json.path("time").longValue()).isEqualTo(1763755200123L);
    assertThat(json.path("op").textValue()).isEqualTo("message");
    assertThat(json.path("content").textValue()).isEqualTo("Zoë 😀 \u0000\n\"\u2028");
  }

  @Test
  void repliesCarryTheRequestsId() {
    assertThat(text(Frames.ok("7", json -> json.writeNumberField("time", 5))))
        .isEqualTo("{\"id\":\"7\",\"code\":0,\"message\":\"ok\",\"data\":{\"time\":5}}");
    assertThat(text(Frames.ok(null, json -> {})))
        .isEqualTo("{\"code\":0,\"message\":\"ok\",\"data\":{}}");
    assertThat(text(Frames.error("7", ReplyCode.FORBIDDEN, "blocked")))
        .isEqualTo("{\"id\":\"7\",\"code\":4003,\"message\":\"forbidden: blocked\",\"data\":{}}");
    assertThat(text(Frames.error("7", ReplyCode.UNAVAILABLE, "the log", 500)))
        .isEqualTo(
            "{\"id\":\"7\",\"code\":5003,\"message\":\"unavailable: the log\","
                + "\"data\":{\"retryAfter\":500}}");
    assertThat(
            text(
                Frames.error(
                    new BadRequestException(ReplyCode.TOO_LARGE, "7", "content", "content: big"))))
        .isEqualTo(
            "{\"id\":\"7\",\"code\":4013,\"message\":\"too_large: content: big\","
                + "\"data\":{\"field\":\"content\"}}");
  }

  @Test
  void closeSaysWhetherToComeBack() {
    assertThat(text(Frames.close(CloseCode.DRAINING, "", 1500)))
        .isEqualTo(
            "{\"op\":\"close\",\"code\":3000,\"reason\":\"draining\",\"reconnect\":true,"
                + "\"retryAfter\":1500}");
    assertThat(text(Frames.close(CloseCode.REPLACED, "same device", 0)))
        .isEqualTo(
            "{\"op\":\"close\",\"code\":3504,\"reason\":\"replaced: same device\","
                + "\"reconnect\":false}");
  }

  @Test
  void syncedNamesEachPlace() {
    List<Position> at =
        List.of(new Position(Stream.P2P, 3, 812), new Position(Stream.MUTUAL, 3, -1));
    assertThat(text(Frames.synced(at, false, false)))
        .isEqualTo("{\"op\":\"synced\",\"at\":[\"p2p/3/812\",\"mutual/3/-1\"]}");
    assertThat(text(Frames.synced(List.of(), true, true)))
        .isEqualTo("{\"op\":\"synced\",\"at\":[],\"cut\":true,\"reset\":true}");
  }

  @Test
  void presenceAndPing() {
    assertThat(text(Frames.presence("bb", PresenceStatus.AWAY, 9)))
        .isEqualTo("{\"op\":\"presence\",\"user\":\"bb\",\"status\":\"away\",\"lastSeen\":9}");
    assertThat(text(Frames.ping())).isEqualTo("{\"op\":\"ping\"}");
  }

  @Test
  void codesAreTheProtocols() {
    StringBuilder replies = new StringBuilder();
    for (ReplyCode code : ReplyCode.values()) {
      replies.append(code.code()).append(code.retryable() ? "r " : " ");
    }
    assertThat(replies).hasToString("0 4000 4001 4003 4004 4009 4013 4029r 5000r 5003r ");
    StringBuilder closes = new StringBuilder();
    for (CloseCode code : CloseCode.values()) {
      closes.append(code.code()).append(code.reconnect() ? "r " : " ");
      assertThat(code.word()).isEqualTo(code.name().toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(closes).hasToString("3000r 3001r 3002r 3003r 3004r 3500 3501 3502 3503 3504 3505 ");
  }
}
