package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/**
 * A member is none any more by its own wish.
 *
 * @param act the topic, and the member as the one who asked
 * @param member the one who left
 */
public record LeftEvent(TopicAct act, String member) implements TopicFact {
  public static final String TYPE = "left";

  static LeftEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new LeftEvent(TopicAct.read(fields, TYPE), TopicFact.member(fields));
  }

  @Override
  public MembershipChange membership() {
    return MembershipChange.out(member);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void writeFact(JsonGenerator json) throws IOException {
    TopicFact.write(json, List.of(member));
  }
}
