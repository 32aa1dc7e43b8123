package im.linnet.persister.decide;

import im.linnet.records.PairState;
import im.linnet.records.RelationReader;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import java.util.Collection;
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
   * @param blockers by how many users each of them is blocked, where that is asked
   */
  record Case(PairState pair, Map<String, Integer> blockers) {
    Case {
      blockers = Map.copyOf(blockers);
    }
  }

  @Override
  public Class<PairCommand> commands() {
    return PairCommand.class;
  }

  @Override
  public Map<String, Case> load(Collection<PairCommand> commands) {
    Set<PairState> pairs = new HashSet<>();
    Set<String> blocked = new HashSet<>();
    for (PairCommand command : commands) {
      pairs.add(PairState.of(command.caller(), command.user()));
      if (command instanceof BlockCommand) {
        blocked.add(command.user());
      }
    }
    Map<String, Integer> blockers = view.blockers(blocked);
    Map<String, Case> cases = new HashMap<>();
    view.pairs(pairs)
        .forEach(
            (key, pair) -> {
              Map<String, Integer> ofTwo = new HashMap<>();
              for (String user : List.of(pair.one(), pair.other())) {
                ofTwo.put(user, blockers.getOrDefault(user, 0));
              }
              cases.put(key, new Case(pair, ofTwo));
            });
    return cases;
  }

  @Override
  public Decision decide(Case state, PairCommand command) {
    return PairDecisions.decide(
        state.pair(), state.blockers().getOrDefault(command.user(), 0), command);
  }

  @Override
  public Case apply(Case state, InboxEvent fact) {
    return new Case(PairDecisions.apply(state.pair(), fact), state.blockers());
  }
}
