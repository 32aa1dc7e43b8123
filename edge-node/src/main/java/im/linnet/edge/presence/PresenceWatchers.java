package im.linnet.edge.presence;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.frame.Frames;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Which sessions are told of whose presence. Safe on any thread. */
public final class PresenceWatchers {
  private final ConcurrentHashMap<String, Set<LiveSession>> watchers = new ConcurrentHashMap<>();

  private final LongAdder pushes = new LongAdder();

  /** Pushes so far. */
  public long pushes() {
    return pushes.sum();
  }

  /** From here on the session is told of that user's changes. */
  public void watch(String user, LiveSession session) {
    watchers.compute(
        user,
        (name, sessions) -> {
          Set<LiveSession> now = sessions == null ? ConcurrentHashMap.newKeySet(2) : sessions;
          now.add(session);
          return now;
        });
  }

  /** The session is told no more of that user. */
  public void unwatch(String user, LiveSession session) {
    watchers.computeIfPresent(
        user,
        (name, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  /** Pushes a change to everybody who watches, never to the user's own sessions. */
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

  /** Users that somebody watches. */
  public int watched() {
    return watchers.size();
  }
}
