package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.contract.Contract.Sample;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.RandomEvents;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames, their schemas and golden samples say the same. */
class FrameContractTest {
  static List<Sample> samples() {
    return Contract.samples("frame");
  }

  @Test
  void everyFrameSchemaHasASample() {
    TreeSet<String> golden = new TreeSet<>();
    for (Sample sample : samples()) {
      golden.add(sample.schema());
    }
    assertThat(golden).containsExactlyInAnyOrderElementsOf(Contract.schemaNames("frame"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsValid(Sample sample) {
    assertThat(Contract.complaints(sample.schema(), sample.json())).isEmpty();
  }

  @Test
  void whatTheServerBuildsIsValid() {
    for (ReplyCode code : ReplyCode.values()) {
      valid("frame/reply", Frames.error("7", code, "why"));
      valid("frame/reply", Frames.error(null, code, "why", 500));
      valid("frame/reply", Frames.error(new BadRequestException(code, "7", "to", "to: bad")));
      valid("frame/reply", Frames.error(new BadRequestException(code, null, null, "bad")));
    }
    valid("frame/reply", Frames.ok("7", json -> json.writeNumberField("time", 1)));
    for (CloseCode code : CloseCode.values()) {
      valid("frame/push/close", Frames.close(code, "why", 500));
    }
    List<Position> at = List.of(new Position(Stream.P2P, 3, -1), new Position(Stream.TOPIC, 0, 7));
    valid("frame/push/synced", Frames.synced(at, false, false));
    valid("frame/push/synced", Frames.synced(at, true, true));
    for (PresenceStatus status : PresenceStatus.values()) {
      valid("frame/push/presence", Frames.presence("bb", status, 5));
    }
    valid("frame/push/ping", Frames.ping());
  }

  @Test
  void theServersFramesAreTheSamples() {
    List<byte[]> golden = new ArrayList<>();
    for (Sample sample : Contract.samples("frame/push")) {
      golden.add(sample.bytes());
    }
    assertThat(golden)
        .contains(
            Frames.synced(
                List.of(new Position(Stream.P2P, 3, 812), new Position(Stream.MUTUAL, 3, -1)),
                false,
                false),
            Frames.synced(List.of(), true, true),
            Frames.presence("bb", PresenceStatus.OFFLINE, 1763755200123L),
            Frames.ping(),
            Frames.close(CloseCode.DRAINING, "", 1500),
            Frames.close(CloseCode.REPLACED, "same device", 0));
  }

  @Test
  void theGoldenRecordsPushedAreTheSamples() {
    byte[] message = golden("event/inbox.message.v1", "p2p.json");
    assertThat(Frames.push(Stream.P2P, 3, 812, 1763755200123L, message))
        .isEqualTo(golden("frame/push/message", "p2p.json"));
    byte[] receipt = golden("event/inbox.receipt.v1", "upto.json");
    assertThat(Frames.push(Stream.P2P, 1, 91, 1763755200460L, receipt))
        .isEqualTo(golden("frame/push/read", "receipt.json"));
    byte[] edit = golden("event/inbox.edit.v1", "topic-since.json");
    assertThat(Frames.push(Stream.TOPIC, 0, 43, 1763755200155L, edit))
        .isEqualTo(golden("frame/push/edit", "topic-since.json"));
  }

  @Test
  void anEditSaysSinceWhenByAPosition() {
    byte[] edit = golden("frame/push/edit", "topic-since.json");
    String broken = new String(edit, StandardCharsets.UTF_8).replace("topic/0/41", "41");
    JsonNode push = Contract.parse(broken.getBytes(StandardCharsets.UTF_8));
    assertThat(Contract.complaints("frame/push/edit", push)).isNotEmpty();
  }

  private static byte[] golden(String schema, String file) {
    return Contract.samples(schema).stream()
        .filter(sample -> sample.file().endsWith(file))
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  @Test
  void everyRecordsPushIsValid() {
    RandomEvents events = new RandomEvents(new Random(41));
    for (int i = 0; i < 500; i++) {
      InboxEvent event = events.next();
      if (!event.isPushed()) {
        continue;
      }
      byte[] value = InboxEventCodec.encode(event);
      JsonNode push = Contract.parse(Frames.push(event.kind(), 3, i, 1763755200123L, value));
      valid("frame/push/" + push.path("op").textValue(), Contract.bytes(push));
    }
  }

  private static void valid(String schema, byte[] frame) {
    assertThat(Contract.complaints(schema, Contract.parse(frame))).isEmpty();
  }
}
