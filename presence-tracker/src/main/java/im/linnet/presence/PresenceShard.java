package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Session;
import im.linnet.schemas.event.SessionEvent;
import java.util.Collection;
import java.util.List;

/**
 * All that one tracker decides. Told events and times, it answers with what to publish in one
 * transaction; {@link #committed} follows before the next decision, or, where the transaction
 * failed, {@link #aborted}. It holds no thread, does no I/O and reads no clock, so a simulation can
 * drive it. One owner thread.
 *
 * <p>Sessions of an epoch that is over are found by looking, not by remembering to look: {@link
 * #decide} sweeps the index of sessions by edge and epoch, so a crash, an aborted transaction or a
 * rebalance between the end of an epoch and the end of its sessions needs no special case.
 */
final class PresenceShard {
  private final EdgeRoster roster;
  private final UserBook users = new UserBook();
  private final int usersPerStep;

  PresenceShard(PresenceConfig config) {
    roster = new EdgeRoster(config);
    usersPerStep = config.usersPerStep();
  }

  /**
   * What one transaction publishes.
   *
   * @param states records of {@code im.presence.v1}
   * @param ended records of {@code im.edge.v1}
   */
  record Decision(List<PresenceState> states, List<EdgeEvent.Ended> ended) {
    boolean isEmpty() {
      return states.isEmpty() && ended.isEmpty();
    }
  }

  /**
   * Takes note of an edge.
   *
   * @param now monotonic time, ms
   */
  void see(EdgeSighting sighting, long now) {
    roster.see(sighting, now);
  }

  /**
   * Takes over a user whose state stands in {@code im.presence.v1}.
   *
   * @param now monotonic time, ms
   */
  void restore(int partition, PresenceState state, long now) {
    users.restore(partition, state);
    for (Session session : state.sessions()) {
      roster.see(new EdgeSighting.Named(session.edge(), session.epoch()), now);
    }
  }

  /** Gives users away, and forgets what the transaction under way would have changed. */
  void release(Collection<Integer> partitions) {
    users.forget(partitions);
  }

  /**
   * Applies an event of {@code im.session.v1}.
   *
   * @param time its broker time, ms
   * @param now monotonic time, ms
   */
  void apply(int partition, SessionEvent event, long time, long now) {
    PresenceState before = users.get(event.user());
    PresenceState after = UserPresence.after(before, event, time, this::isEnded);
    if (!after.equals(before)) {
      users.change(partition, after);
      if (event instanceof SessionEvent.Opened opened) {
        roster.see(new EdgeSighting.Named(opened.edge(), opened.epoch()), now);
      }
    }
  }

  /**
   * Ends the sessions whose epochs are over, as many as one transaction takes, and says what to
   * publish.
   *
   * @param time the time now, ms since the epoch
   */
  Decision decide(long time) {
    for (String user :
        users.usersOn(edge -> roster.isEnded(edge.edge(), edge.epoch()), usersPerStep)) {
      PresenceState after = UserPresence.without(users.get(user), this::isEnded, time);
      users.change(users.partition(user), after);
    }
    return new Decision(users.changes(), roster.takeProposals());
  }

  /** The last decision is in the log. */
  void committed() {
    users.keep();
  }

  /** The last decision may be in the log or not: whatever is there comes by {@link #restore}. */
  void aborted() {
    users.drop();
  }

  List<String> liveAddresses() {
    return roster.liveAddresses();
  }

  /** Whether the edges are known, so that sessions can be judged. */
  boolean isComplete() {
    return roster.isComplete();
  }

  UserBook users() {
    return users;
  }

  private boolean isEnded(Session session) {
    return roster.isEnded(session.edge(), session.epoch());
  }
}
