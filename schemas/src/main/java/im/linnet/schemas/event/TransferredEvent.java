package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/**
 * A topic has another founder, who is one of its members.
 *
 * @param act the topic, and the founder until now as the one who asked
 * @param founder the founder from here on
 */
public record TransferredEvent(TopicAct act, String founder) implements TopicFact {
  public static final String TYPE = "transferred";

  static TransferredEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new TransferredEvent(TopicAct.read(fields, TYPE), TopicFact.member(fields));
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
    TopicFact.write(json, List.of(founder));
  }
}
