package im.linnet.edge.presence;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.frame.Frames;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that watch each user. A session may watch a user for several reasons, and is pushed
 * each change once. Safe on any thread.
 */
public final class PresenceWatchers {
  private final ConcurrentHashMap<String, Map<LiveSession, Integer>> watchers =
      new ConcurrentHashMap<>();

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
          Map<LiveSession, Integer> now = sessions == null ? new ConcurrentHashMap<>(2) : sessions;
          now.merge(session, 1, Integer::sum);
          return now;
        });
  }

  /** Takes back one {@link #watch}; after the last one the session is sent no more changes. */
  public void unwatch(String user, LiveSession session) {
    watchers.computeIfPresent(
        user,
        (name, sessions) -> {
          sessions.computeIfPresent(session, (each, times) -> times == 1 ? null : times - 1);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  /** Pushes a change to all watchers of the user, except the user's own sessions. */
  public void tell(String user, PresenceBoard.Shown now) {
    Map<LiveSession, Integer> sessions = watchers.get(user);
    if (sessions == null) {
      return;
    }
    byte[] frame = Frames.presence(user, now.status(), now.lastSeen());
    for (LiveSession session : sessions.keySet()) {
      if (!session.user().equals(user)) {
        session.outbox().offer(frame);
        pushes.increment();
      }
    }
  }

  /** Whether a session watches that user. */
  boolean isWatched(String user) {
    return watchers.containsKey(user);
  }

  /** The number of watched users. */
  public int watched() {
    return watchers.size();
  }
}
