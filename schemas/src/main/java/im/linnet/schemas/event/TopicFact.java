package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/**
 * A fact about a topic (group), under the topic's key. The decider alone writes facts; every reader
 * applies them and judges nothing.
 */
public sealed interface TopicFact extends InboxEvent
    permits CreatedEvent,
        JoinedEvent,
        LeftEvent,
        KickedEvent,
        RenamedEvent,
        TransferredEvent,
        DisbandedEvent {
  /** The most members that one fact names. */
  int MOST_MEMBERS = 1_000;

  /** The {@code ce_type} of each. */
  List<String> FACTS =
      List.of(
          CreatedEvent.TYPE,
          JoinedEvent.TYPE,
          LeftEvent.TYPE,
          KickedEvent.TYPE,
          RenamedEvent.TYPE,
          TransferredEvent.TYPE,
          DisbandedEvent.TYPE);

  /** The topic, and the command that the fact came from. */
  TopicAct act();

  /** The users that it lets in or out. */
  MembershipChange membership();

  /** Writes the fields of its own. */
  default void writeFact(JsonGenerator json) throws IOException {}

  @Override
  default Stream kind() {
    return Stream.TOPIC;
  }

  @Override
  default String owner() {
    return act().topic();
  }

  @Override
  default String source() {
    return "/topic/" + act().by() + "/" + act().topic() + "/" + type();
  }

  @Override
  default String id(String drawn) {
    return act().uuid();
  }

  @Override
  default void write(JsonGenerator json) throws IOException {
    act().write(json, type());
    writeFact(json);
  }

  /** Reads the members that a fact names: one at least. */
  static List<String> members(EventFields fields) throws MalformedEventException {
    List<String> members = fields.users("members", MOST_MEMBERS);
    if (members.isEmpty()) {
      throw fields.problem("members", "is empty");
    }
    return members;
  }

  /** Reads the one member that a fact names. */
  static String member(EventFields fields) throws MalformedEventException {
    List<String> members = members(fields);
    if (members.size() != 1) {
      throw fields.problem("members", "names more than one");
    }
    return members.getFirst();
  }

  /** Writes the members that a fact names. */
  static void write(JsonGenerator json, List<String> members) throws IOException {
    json.writeArrayFieldStart("members");
    for (String member : members) {
      json.writeString(member);
    }
    json.writeEndArray();
  }
}
