package im.linnet.persister.decide;

import im.linnet.records.PairState;
import im.linnet.records.RelationReader;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.PairCommand;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two users: friends, requests, blocks.
 *
 * @param view where their state is read
 */
record PairSubject(RelationReader view) implements Subject<PairCommand, PairState> {
  @Override
  public Class<PairCommand> commands() {
    return PairCommand.class;
  }

  @Override
  public Map<String, PairState> load(Collection<PairCommand> commands) {
    return view.pairs(
        commands.stream()
            .map(command -> PairState.of(command.caller(), command.user()))
            .collect(Collectors.toSet()));
  }

  @Override
  public Decision decide(PairState state, PairCommand command) {
    return PairDecisions.decide(state, command);
  }

  @Override
  public PairState apply(PairState state, InboxEvent fact) {
    return PairDecisions.apply(state, fact);
  }
}
