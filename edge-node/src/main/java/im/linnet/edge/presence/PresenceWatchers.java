package im.linnet.edge.presence;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.frame.Frames;
import io.micrometer.core.instrument.Counter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that watch each user. Safe on any thread. */
public final class PresenceWatchers {
  private final ConcurrentHashMap<String, Set<LiveSession>> watchers = new ConcurrentHashMap<>();

  private final Counter pushes;

  /**
   * @param pushes counts what is pushed to them
   */
  public PresenceWatchers(Counter pushes) {
    this.pushes = pushes;
  }

  /** Sends changes of that user to the session from now on. */
  public void watch(String user, LiveSession session) {
    watchers.compute(
        user,
        (name, sessions) -> {
          Set<LiveSession> now = sessions == null ? ConcurrentHashMap.newKeySet(2) : sessions;
          now.add(session);
          return now;
        });
  }

  /** Stops sending changes of that user to the session. */
  public void unwatch(String user, LiveSession session) {
    watchers.computeIfPresent(
        user,
        (name, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  /** Pushes a change to all watchers of the user, except the user's own sessions. */
  public void tell(String user, PresenceBoard.Shown now) {
    Set<LiveSession> sessions = watchers.get(user);
    if (sessions == null) {
      return;
    }
    byte[] frame = Frames.presence(user, now.status(), now.lastSeen());
    for (LiveSession session : sessions) {
      if (!session.user().equals(user)) {
        session.outbox().offer(frame);
        pushes.increment();
      }
    }
  }

  /** The number of watched users. */
  public int watched() {
    return watchers.size();
  }
}
