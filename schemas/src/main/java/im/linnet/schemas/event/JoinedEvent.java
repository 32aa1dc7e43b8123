package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/**
 * Users become members: one who joined, or those that a member invited.
 *
 * @param act the topic, and who asked: the new member, or the member that invited
 * @param members the new members; none of them was one
 */
public record JoinedEvent(TopicAct act, List<String> members) implements TopicFact {
  public static final String TYPE = "joined";

  public JoinedEvent {
    members = List.copyOf(members);
  }

  static JoinedEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new JoinedEvent(TopicAct.read(fields, TYPE), TopicFact.members(fields));
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
  }
}
