package im.linnet.persister.decide;

import im.linnet.records.TopicReader;
import im.linnet.records.TopicState;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.event.TopicFact;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic.
 *
 * @param view where its state is read
 * @param rules how it is judged
 */
record TopicSubject(TopicReader view, TopicDecisions rules)
    implements Subject<TopicCommand, TopicSubject.Case> {
  /**
   * What there is of a topic.
   *
   * @param topic null where there never was one
   * @param timesJoined how often those who come now became members before; without those who never
   *     did
   */
  record Case(@Nullable TopicState topic, Map<String, Integer> timesJoined) {
    Case {
      timesJoined = Map.copyOf(timesJoined);
    }
  }

  @Override
  public Class<TopicCommand> commands() {
    return TopicCommand.class;
  }

  @Override
  public Map<String, Case> load(Collection<TopicCommand> commands) {
    Set<String> topics = new HashSet<>();
    Map<String, Set<String>> coming = new HashMap<>();
    for (TopicCommand command : commands) {
      topics.add(command.owner());
      coming
          .computeIfAbsent(command.owner(), topic -> new HashSet<>())
          .addAll(
              switch (command) {
                case TopicCommand.Join join -> List.of(join.caller());
                case TopicCommand.Invite invite -> invite.members();
                default -> List.of();
              });
    }
    Map<String, TopicState> found = view.states(topics);
    Map<String, Map<String, Integer>> times = view.timesJoined(coming);
    Map<String, Case> cases = new HashMap<>();
    topics.forEach(
        topic -> cases.put(topic, new Case(found.get(topic), times.getOrDefault(topic, Map.of()))));
    return cases;
  }

  @Override
  public Decision decide(Case state, TopicCommand command) {
    return rules.decide(state.topic(), state.timesJoined(), command);
  }

  /** The fact has no place yet: it will stand behind those before it, and has no time. */
  @Override
  public Case apply(Case state, InboxEvent fact) {
    TopicState before = state.topic();
    Position next =
        before == null
            ? new Position(Stream.TOPIC, 0, 0)
            : new Position(before.last().place(), before.last().offset() + 1);
    TopicFact ofTopic = (TopicFact) fact;
    Map<String, Integer> times = new HashMap<>(state.timesJoined());
    ofTopic.membership().in().forEach(user -> times.merge(user, 1, Integer::sum));
    return new Case(TopicState.apply(before, ofTopic, next, 0), times);
  }
}
