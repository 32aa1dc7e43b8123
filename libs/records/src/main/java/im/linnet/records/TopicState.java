package im.linnet.records;

import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TopicFact;
import im.linnet.schemas.event.TransferredEvent;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic (group) as its facts have made it: a document of {@code topic_info}. The decider judges
 * commands by it.
 *
 * @param topic its id
 * @param founder the founder
 * @param name the name that members see
 * @param join how users become members
 * @param history whether members see the messages from before they joined
 * @param disbanded whether it is over; it has no members then, and no fact follows
 * @param members the members, by name
 * @param time when it was created, epoch seconds
 * @param last the place of the last fact applied
 * @param lastTime the broker's time of that fact, ms
 */
public record TopicState(
    String topic,
    String founder,
    String name,
    JoinPolicy join,
    boolean history,
    boolean disbanded,
    SortedSet<String> members,
    long time,
    Position last,
    long lastTime) {
  private static final long MILLIS = 1000;

  public TopicState {
    members = Collections.unmodifiableSortedSet(members);
  }

  /**
   * The topic after a fact. Pure, and the only way in which a topic changes. A fact that is not
   * above the last one applied changes nothing, and so does one after the end.
   *
   * @param before the topic before it; null if it is not known
   * @param at the place of the fact
   * @param timeMillis its broker time, ms
   */
  public static @Nullable TopicState apply(
      @Nullable TopicState before, TopicFact fact, Position at, long timeMillis) {
    if (before == null) {
      return fact instanceof CreatedEvent created ? created(created, at, timeMillis) : null;
    }
    if (before.disbanded || at.offset() <= before.last.offset()) {
      return before;
    }
    return before.after(fact, at, timeMillis);
  }

  private static TopicState created(CreatedEvent fact, Position at, long timeMillis) {
    return new TopicState(
        fact.act().topic(),
        fact.act().by(),
        fact.name(),
        fact.join(),
        fact.history(),
        false,
        new TreeSet<>(fact.members()),
        Math.floorDiv(timeMillis, MILLIS),
        at,
        timeMillis);
  }

  private TopicState after(TopicFact fact, Position at, long timeMillis) {
    return switch (fact) {
      case CreatedEvent again -> with(founder, name, disbanded, members, at, timeMillis);
      case JoinedEvent joined -> withMembers(all -> all.addAll(joined.members()), at, timeMillis);
      case LeftEvent left -> withMembers(all -> all.remove(left.member()), at, timeMillis);
      case KickedEvent kicked -> withMembers(all -> all.remove(kicked.member()), at, timeMillis);
      case RenamedEvent renamed ->
          with(founder, renamed.name(), disbanded, members, at, timeMillis);
      case TransferredEvent transferred ->
          with(transferred.founder(), name, disbanded, members, at, timeMillis);
      case DisbandedEvent over ->
          with(founder, name, true, Collections.emptySortedSet(), at, timeMillis);
    };
  }

  private TopicState withMembers(Consumer<SortedSet<String>> change, Position at, long timeMillis) {
    SortedSet<String> changed = new TreeSet<>(members);
    change.accept(changed);
    return with(founder, name, disbanded, changed, at, timeMillis);
  }

  private TopicState with(
      String newFounder,
      String newName,
      boolean isOver,
      SortedSet<String> newMembers,
      Position at,
      long timeMillis) {
    return new TopicState(
        topic, newFounder, newName, join, history, isOver, newMembers, time, at, timeMillis);
  }

  /** Its data for members. */
  public TopicSummary summary() {
    return new TopicSummary(topic, name, founder, join, history, members.size(), time);
  }

  /** The user's membership, by its document of {@code topic_member}; null if no span is left. */
  public @Nullable Membership membership(MemberDocument member, long upTo) {
    List<Span> spans =
        disbanded ? Membership.endedAt(last.offset(), member.spans()) : member.spans();
    return spans.isEmpty()
        ? null
        : new Membership(
            topic,
            last.place().partition(),
            member.user(),
            history,
            member.joinTime(),
            spans,
            upTo);
  }
}
