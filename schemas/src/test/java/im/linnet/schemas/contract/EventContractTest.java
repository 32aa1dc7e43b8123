package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Stream;
import im.linnet.schemas.contract.Contract.Sample;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PersonalEvent;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import im.linnet.schemas.event.RandomEvents;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.schemas.event.SignalEvent;
import im.linnet.schemas.event.SignalEventCodec;
import im.linnet.schemas.frame.Frames;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Codecs, schemas and golden records say the same. The golden records are kept for ever: what an
 * older version wrote into the log must be read by every later one, so a line of a golden file is
 * added and never changed.
 */
class EventContractTest {
  static List<Sample> samples() {
    return Contract.samples("event");
  }

  @Test
  void everyEventTypeHasASchemaAndAGoldenRecord() throws Exception {
    List<String> types = new ArrayList<>();
    addFamily(types, "inbox", InboxEvent.class);
    addFamily(types, "session", SessionEvent.class);
    addFamily(types, "edge", EdgeEvent.class);
    addFamily(types, "signal", SignalEvent.class);
    addFamily(types, "command", CommandEvent.class);
    types.add("event/" + PresenceState.TYPE + ".v1");
    types.add("event/" + Applied.TYPE + ".v1");
    assertThat(Contract.schemaNames("event")).containsExactlyInAnyOrderElementsOf(types);
    TreeSet<String> golden = new TreeSet<>();
    for (Sample sample : samples()) {
      golden.add(sample.schema());
    }
    assertThat(golden).containsExactlyInAnyOrderElementsOf(types);
  }

  private static void addFamily(List<String> types, String family, Class<?> sealed)
      throws ReflectiveOperationException {
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      if (type.isSealed()) {
        addFamily(types, type.equals(PersonalEvent.class) ? "profile" : family, type);
        continue;
      }
      for (String name : names(type)) {
        types.add("event/" + family + "." + name + ".v1");
      }
    }
  }

  /** An event of one class has one {@code ce_type} or, as the facts about friends, several. */
  private static List<String> names(Class<?> type) throws ReflectiveOperationException {
    for (Field field : type.getFields()) {
      if (field.getName().equals("TYPES")) {
        return ((List<?>) field.get(null)).stream().map(String.class::cast).toList();
      }
    }
    return List.of((String) type.getField("TYPE").get(null));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoldenRecordIsValidAndIsWhatTheCodecWrites(Sample sample) throws Exception {
    assertThat(Contract.complaints(sample.schema(), sample.json())).isEmpty();
    Object event = decode(sample.schema(), sample.bytes());
    assertThat(encode(event)).asString().isEqualTo(new String(sample.bytes(), "UTF-8"));
    assertThat(encode(event)).isEqualTo(sample.bytes());
  }

  static List<InboxEvent> pushed() throws Exception {
    List<InboxEvent> pushed = new ArrayList<>();
    for (Sample sample : samples()) {
      if (decode(sample.schema(), sample.bytes()) instanceof InboxEvent event
          && event.isPushed()
          && event.kind() != Stream.PROFILE) {
        pushed.add(event);
      }
    }
    return pushed;
  }

  /** So an event that is pushed needs a schema of its push. */
  @ParameterizedTest
  @MethodSource("pushed")
  void thePushOfAGoldenRecordIsValid(InboxEvent event) {
    byte[] value = InboxEventCodec.encode(event);
    JsonNode push = Contract.parse(Frames.push(event.kind(), 3, 812, 1763755200123L, value));
    String schema = "frame/push/" + push.path("op").textValue();
    assertThat(Contract.schemaNames("frame/push")).contains(schema);
    assertThat(Contract.complaints(schema, push)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void schemaAndCodecRefuseTheSameDamage(Sample sample) {
    List<String> refused = new ArrayList<>();
    for (Mutations.Mutation mutation : Mutations.of(sample.json())) {
      boolean valid = Contract.complaints(sample.schema(), mutation.json()).isEmpty();
      assertThat(decodes(sample.schema(), mutation.json()))
          .as(mutation.what() + " (valid by the schema: " + valid + ")")
          .isEqualTo(valid);
      if (!valid) {
        refused.add(mutation.what());
      }
    }
    for (JsonNode name : required(sample.schema())) {
      assertThat(refused).contains("without " + name.textValue());
    }
    for (Map.Entry<String, JsonNode> field : sample.json().properties()) {
      String other = field.getValue().isBoolean() ? "=-7" : "=true";
      assertThat(refused).contains(field.getKey() + other);
    }
  }

  private static JsonNode required(String schema) {
    return Contract.parse(Contract.read(Contract.schemas().resolve(schema + ".json")))
        .path("required");
  }

  @Test
  void whatTheCodecWritesIsValid() {
    RandomEvents events = new RandomEvents(new Random(31));
    for (int i = 0; i < 1_000; i++) {
      InboxEvent event = events.next();
      JsonNode json = Contract.parse(InboxEventCodec.encode(event));
      assertThat(Contract.complaints("event/inbox." + event.type() + ".v1", json)).isEmpty();
      PersonalEvent personal = events.nextPersonal();
      JsonNode own = Contract.parse(InboxEventCodec.encode(personal));
      assertThat(Contract.complaints("event/profile." + personal.type() + ".v1", own)).isEmpty();
    }
  }

  private static boolean decodes(String schema, JsonNode json) {
    try {
      decode(schema, Contract.bytes(json));
      return true;
    } catch (MalformedEventException e) {
      return false;
    }
  }

  /** The schema's name says which codec and which {@code ce_type}. */
  private static Object decode(String schema, byte[] value) throws MalformedEventException {
    String[] parts = schema.substring("event/".length()).replace(".v1", "").split("\\.", 2);
    return switch (parts[0]) {
      case "inbox" -> InboxEventCodec.decode(stream(value), parts[1], value);
      case "profile" -> InboxEventCodec.decode(Stream.PROFILE, parts[1], value);
      case "signal" -> SignalEventCodec.decode(parts[1], value);
      case "session" -> SessionEventCodec.decode(parts[1], value);
      case "edge" -> EdgeEventCodec.decode(parts[1], value);
      case "command" -> CommandEventCodec.decode(parts[1], value);
      case "presence" -> PresenceStateCodec.decode(value);
      case "applied" -> AppliedCodec.decode(value);
      default -> throw new IllegalArgumentException(schema);
    };
  }

  private static Stream stream(byte[] value) {
    JsonNode json = Contract.parse(value);
    if (json.has("topic")) {
      return Stream.TOPIC; // a fact has no kind
    }
    Stream named = Stream.ofWire(json.path("kind").asText(""));
    return named == null ? Stream.P2P : named;
  }

  private static byte[] encode(Object event) {
    return switch (event) {
      case InboxEvent inbox -> InboxEventCodec.encode(inbox);
      case SignalEvent signal -> SignalEventCodec.encode(signal);
      case SessionEvent session -> SessionEventCodec.encode(session);
      case EdgeEvent edge -> EdgeEventCodec.encode(edge);
      case CommandEvent command -> CommandEventCodec.encode(command);
      case PresenceState state -> PresenceStateCodec.encode(state);
      case Applied applied -> AppliedCodec.encode(applied);
      default -> throw new IllegalArgumentException(event.toString());
    };
  }
}
