package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MembershipChange;
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
    MembershipChange change = fact.membership();
    return change.in().isEmpty() ? change.out() : change.in();
  }

  /** One of these documents after the fact. */
  public MemberDocument changed(MemberDocument before) {
    return fact.membership().in().isEmpty()
        ? before.left(at.offset())
        : before.joined(at.offset(), time);
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
