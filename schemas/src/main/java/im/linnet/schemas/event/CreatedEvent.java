package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/**
 * A topic begins.
 *
 * @param act the topic, and the founder as the one who asked
 * @param members the first members, the founder first
 * @param name the name that members see
 * @param join who may become a member
 * @param history whether members see the messages from before they joined
 */
public record CreatedEvent(
    TopicAct act, List<String> members, String name, JoinPolicy join, boolean history)
    implements TopicFact {
  public static final String TYPE = "created";

  public CreatedEvent {
    members = List.copyOf(members);
  }

  static CreatedEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new CreatedEvent(
        TopicAct.read(fields, TYPE),
        TopicFact.members(fields),
        fields.topicName("name"),
        fields.joinPolicy("join"),
        fields.flag("history"));
  }

  @Override
  public MembershipChange membership() {
    return MembershipChange.in(members);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void writeFact(JsonGenerator json) throws IOException {
    TopicFact.write(json, members);
    json.writeStringField("name", name);
    json.writeStringField("join", join.wire());
    json.writeBooleanField("history", history);
  }
}
