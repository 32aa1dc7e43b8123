package im.linnet.cli.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Something that a user asks for, again and again, until there is an outcome. */
sealed interface Ask {
  ObjectMapper JSON = new ObjectMapper();

  /** Names it among all that the user asks for. */
  String uuid();

  /** The request, without an id. */
  ObjectNode frame();

  /** Whether that code of a reply is an outcome. */
  boolean isOutcome(int code);

  /**
   * A message.
   *
   * @param kind {@code p2p}, {@code topic}, or {@code mutual} for one of an application's own kind
   */
  record Send(String kind, String from, String to, String content, String uuid) implements Ask {
    @Override
    public ObjectNode frame() {
      return JSON.createObjectNode()
          .put("op", "send")
          .put("kind", kind)
          .put("to", to)
          .put("type", kind.equals("mutual") ? "wave" : "text")
          .put("content", content)
          .put("uuid", uuid);
    }

    /** Who is no longer a member is refused. */
    @Override
    public boolean isOutcome(int code) {
      return code == 0 || (kind.equals("topic") && code == 4003);
    }
  }

  /**
   * A command, which is judged in one place.
   *
   * @param id its identity
   * @param op what is asked for
   * @param fields more fields of the request
   */
  record Command(CommandLog.Id id, String op, Map<String, ?> fields) implements Ask {
    private static final List<Integer> OUTCOMES = List.of(0, 4003, 4004, 4009);

    /** A command about a topic. */
    static Command ofTopic(
        String op, String topic, String caller, String uuid, Map<String, ?> fields) {
      return new Command(new CommandLog.Id(topic, caller, uuid), op, fields);
    }

    /** A step between friends. */
    static Command ofFriends(String type, String caller, String to, String uuid) {
      return new Command(
          new CommandLog.Id(Race.pair(caller, to), caller, uuid),
          "send",
          Map.of("kind", "mutual", "to", to, "type", type));
    }

    @Override
    public String uuid() {
      return id.uuid();
    }

    @Override
    public ObjectNode frame() {
      ObjectNode frame = JSON.createObjectNode().put("op", op).put("uuid", id.uuid());
      if (op.startsWith("topic.")) {
        frame.put("topic", id.key());
      }
      fields.forEach((name, value) -> frame.set(name, JSON.valueToTree(value)));
      return frame;
    }

    @Override
    public boolean isOutcome(int code) {
      return OUTCOMES.contains(code);
    }
  }
}
