package im.linnet.persister.decide;

import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.InboxEvent;
import java.util.Collection;
import java.util.Map;

/**
 * A kind of thing that commands are about: how its state is loaded, and the two pure functions on
 * it. The new state is the facts applied, and nothing else.
 *
 * @param <C> its commands
 * @param <S> the state of one of them
 */
interface Subject<C extends CommandEvent, S> {
  /** Its commands. */
  Class<C> commands();

  /**
   * The states as the view has them.
   *
   * @return by the commands' keys, one for each of them
   * @throws im.linnet.records.StoreUnavailableException if the store does not answer
   */
  Map<String, S> load(Collection<C> commands);

  /** The answer to a command in that state. Pure. */
  Decision decide(S state, C command);

  /** The state after a fact. Pure. */
  S apply(S state, InboxEvent fact);
}
