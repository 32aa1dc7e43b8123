package im.linnet.persister.decide;

import im.linnet.records.Circle;
import im.linnet.records.PairState;
import im.linnet.records.RelationReader;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two users: friends, requests, blocks.
 *
 * @param view where their state is read
 */
record PairSubject(RelationReader view) implements Subject<PairCommand, PairSubject.Case> {
  /**
   * What there is of two users.
   *
   * @param pair how they stand to each other
   * @param sizes of those of their circles that a command may add a user to
   */
  record Case(PairState pair, CircleSizes sizes) {}

  @Override
  public Class<PairCommand> commands() {
    return PairCommand.class;
  }

  @Override
  public Map<String, Case> load(Collection<PairCommand> commands) {
    Set<PairState> pairs = new HashSet<>();
    Map<Circle, Set<String>> growing = new EnumMap<>(Circle.class);
    for (PairCommand command : commands) {
      pairs.add(PairState.of(command.caller(), command.user()));
      grownBy(command)
          .forEach(
              (circle, users) ->
                  growing.computeIfAbsent(circle, each -> new HashSet<>()).addAll(users));
    }
    Map<Circle, Map<String, Integer>> found = new EnumMap<>(Circle.class);
    growing.forEach((circle, users) -> found.put(circle, view.sizes(circle, users)));
    CircleSizes sizes = new CircleSizes(found);
    Map<String, Case> cases = new HashMap<>();
    view.pairs(pairs).forEach((key, pair) -> cases.put(key, new Case(pair, sizes)));
    return cases;
  }

  /** The circles that a command may add a user to, with the users whose circles they are. */
  private static Map<Circle, List<String>> grownBy(PairCommand command) {
    return switch (command) {
      case FriendCommand friend ->
          switch (friend.act()) {
            // A request that meets another one makes friends.
            case ADD, ACCEPT -> Map.of(Circle.FRIENDS, List.of(friend.caller(), friend.user()));
            case REJECT, REMOVE -> Map.of();
          };
      case BlockCommand block ->
          block.act() == BlockAct.ADD
              ? Map.of(
                  Circle.BLOCKED, List.of(block.caller()), Circle.BLOCKED_BY, List.of(block.user()))
              : Map.of();
    };
  }

  @Override
  public Decision decide(Case state, PairCommand command) {
    return PairDecisions.decide(state.pair(), state.sizes(), command);
  }

  @Override
  public Case apply(Case state, InboxEvent fact) {
    return new Case(PairDecisions.apply(state.pair(), fact), state.sizes());
  }
}
