package im.linnet.schemas.event;

import im.linnet.schemas.Stream;
import java.util.List;

/**
 * A topic is over: it has no members any more, and its id is never used again.
 *
 * @param act the topic, and the last founder as the one who asked
 */
public record DisbandedEvent(TopicAct act) implements TopicFact {
  public static final String TYPE = "disbanded";

  static DisbandedEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    return new DisbandedEvent(TopicAct.read(fields, TYPE));
  }

  @Override
  public MembershipChange membership() {
    return new MembershipChange(List.of(), List.of(), true);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
