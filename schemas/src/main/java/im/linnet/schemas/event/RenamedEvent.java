package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;

/**
 * A topic has another name.
 *
 * @param act the topic, and the founder as the one who asked
 * @param name the name from here on
 */
public record RenamedEvent(TopicAct act, String name) implements TopicFact {
  public static final String TYPE = "renamed";

  static RenamedEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new RenamedEvent(TopicAct.read(fields, TYPE), fields.topicName("name"));
  }

  @Override
  public MembershipChange membership() {
    return MembershipChange.NONE;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void writeFact(JsonGenerator json) throws IOException {
    json.writeStringField("name", name);
  }
}
