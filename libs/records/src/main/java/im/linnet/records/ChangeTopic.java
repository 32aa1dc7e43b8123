package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.TopicFact;
import java.util.List;

/**
 * A fact about a topic.
 *
 * @param fact the fact
 * @param at its place
 * @param time its broker time, ms
 */
public record ChangeTopic(TopicFact fact, Position at, long time) implements Change {
  /** The topic. */
  public String topic() {
    return fact.act().topic();
  }

  /** The members whose document it changes. */
  public List<String> members() {
    return switch (fact) {
      case CreatedEvent created -> created.members();
      case JoinedEvent joined -> joined.members();
      case LeftEvent left -> List.of(left.member());
      case KickedEvent kicked -> List.of(kicked.member());
      default -> List.of();
    };
  }

  /** One of these documents after the fact. */
  public MemberDocument changed(MemberDocument before) {
    return switch (fact) {
      case CreatedEvent created -> before.joined(at.offset(), time);
      case JoinedEvent joined -> before.joined(at.offset(), time);
      case LeftEvent left -> before.left(at.offset());
      case KickedEvent kicked -> before.left(at.offset());
      default -> before;
    };
  }

  @Override
  public void apply(MemoryView view) {
    view.change(this);
  }

  @Override
  public int documents() {
    return 1 + members().size();
  }
}
