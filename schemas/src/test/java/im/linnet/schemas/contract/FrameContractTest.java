package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Limits;
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
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.Request;
import im.linnet.schemas.frame.RequestDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames, their schemas and golden samples say the same. */
class FrameContractTest {
  private static final RequestDecoder DECODER = new RequestDecoder(Limits.DEFAULT);

  static List<Sample> samples() {
    return Contract.samples("frame");
  }

  static List<Sample> requests() {
    return Contract.samples("frame/request");
  }

  @Test
  void everyRequestHasASchema() {
    List<String> ops = new ArrayList<>();
    for (Class<?> request : Request.class.getPermittedSubclasses()) {
      String words = request.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", ".");
      ops.add("frame/request/" + words.toLowerCase(Locale.ROOT));
    }
    assertThat(Contract.schemaNames("frame/request")).containsExactlyInAnyOrderElementsOf(ops);
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

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestsSampleIsThatRequest(Sample sample) throws Exception {
    byte[] frame = sample.bytes();
    Request request = DECODER.decode(frame, 0, frame.length);
    assertThat(sample.schema().replace(".", ""))
        .isEqualToIgnoringCase("frame/request/" + request.getClass().getSimpleName());
    assertThat(request.id()).isEqualTo(sample.json().path("id").textValue());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void schemaAndDecoderRefuseTheSameDamage(Sample sample) {
    for (Mutations.Mutation mutation : Mutations.of(sample.json())) {
      if (mutation.what().startsWith("op=")) {
        assertThat(decodes(mutation.json())).as(mutation.what()).isFalse();
      }
      boolean valid = Contract.complaints(sample.schema(), mutation.json()).isEmpty();
      assertThat(decodes(mutation.json()))
          .as(mutation.what() + " (valid by the schema: " + valid + ")")
          .isEqualTo(valid);
    }
  }

  private static boolean decodes(JsonNode json) {
    byte[] frame = Contract.bytes(json);
    try {
      DECODER.decode(frame, 0, frame.length);
      return true;
    } catch (BadRequestException | ProtocolErrorException e) {
      return false;
    }
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
      byte[] value = InboxEventCodec.encode(event);
      JsonNode push = Contract.parse(Frames.push(event.kind(), 3, i, 1763755200123L, value));
      valid("frame/push/" + push.path("op").textValue(), Contract.bytes(push));
    }
  }

  private static void valid(String schema, byte[] frame) {
    assertThat(Contract.complaints(schema, Contract.parse(frame))).isEmpty();
  }
}
