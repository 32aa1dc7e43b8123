package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Session;
import im.linnet.schemas.event.SessionEvent;
import java.util.Collection;
import java.util.List;

/**
 * All decisions of one tracker. It takes events and times, and answers with the records to publish
 * in one transaction. {@link #committed} follows before the next decision, or {@link #aborted} if
 * the transaction failed. It holds no thread, does no I/O and reads no clock, so a simulation can
 * drive it. One owner thread.
 *
 * <p>{@link #decide} finds the sessions of ended epochs by a sweep of the index by edge and epoch.
 * It does not depend on a remembered task. So a crash, an aborted transaction or a rebalance
 * between the end of an epoch and the end of its sessions needs no special case.
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
   * The records that one transaction publishes.
   *
   * @param states records of {@code im.presence.v1}
   * @param ended records of {@code im.edge.v1}
   * @param more whether sessions of ended epochs are left for the next decision
   */
  record Decision(List<PresenceState> states, List<EdgeEvent.Ended> ended, boolean more) {
    static final Decision NONE = new Decision(List.of(), List.of(), false);
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
   * Takes over a user with the state from {@code im.presence.v1}.
   *
   * @param now monotonic time, ms
   */
  void restore(int partition, PresenceState state, long now) {
    users.restore(partition, state);
    for (Session session : state.sessions()) {
      roster.see(new EdgeSighting.Named(session.edge(), session.epoch()), now);
    }
  }

  /**
   * Gives the users of these partitions away, and forgets the changes of the transaction under way.
   */
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
   * Ends sessions of ended epochs, as many as one transaction takes.
   *
   * @return the records to publish
   * @param time the present time, ms since the epoch
   */
  Decision decide(long time) {
    for (String user : usersOnEnded(usersPerStep)) {
      PresenceState after = UserPresence.without(users.get(user), this::isEnded, time);
      users.change(users.partition(user), after);
    }
    return new Decision(users.changes(), roster.takeProposals(), !usersOnEnded(1).isEmpty());
  }

  private List<String> usersOnEnded(int most) {
    return users.usersOn(edge -> roster.isEnded(edge.edge(), edge.epoch()), most);
  }

  /** Reports that the last decision is in the log. */
  void committed() {
    users.keep();
  }

  /**
   * Reports that the last decision may be in the log or not. {@link #restore} brings the records
   * that are.
   */
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
