package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The authenticated sessions of this edge. A newer session of the same user and device replaces the
 * older ones once the log says that it is there, and not before: until then the older one is all
 * that shows the user as present. Safe on any thread.
 */
public final class LocalSessions {
  // A user is changed within the map's lock of that user, so no change meets one who is dropped.
  private final ConcurrentHashMap<String, SessionsOfUser> users = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  /** Takes a session in, beside the older ones. */
  void enter(UserSession session) {
    users.compute(
        session.user(),
        (user, known) -> {
          SessionsOfUser sessions = known == null ? new SessionsOfUser() : known;
          sessions.enter(session);
          return sessions;
        });
    size.incrementAndGet();
  }

  /**
   * The fate of its first {@code opened} record is known.
   *
   * @param durable whether that record is in the log; otherwise it may never be
   */
  void arrived(UserSession session, boolean durable) {
    users.computeIfPresent(
        session.user(),
        (user, sessions) -> {
          sessions.arrived(session, durable);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  /** Closes the sessions of the same device that entered before this one. */
  void replaceOlder(UserSession session) {
    SessionsOfUser sessions = users.get(session.user());
    if (sessions != null) {
      sessions.olderThan(session).forEach(each -> each.close(CloseCode.REPLACED, "", 0));
    }
  }

  /** Lets a session go, once. */
  void leave(UserSession session) {
    users.computeIfPresent(
        session.user(),
        (user, sessions) -> {
          sessions.leave(session);
          return sessions.isEmpty() ? null : sessions;
        });
    size.decrementAndGet();
  }

  /** The sessions of a user's device, the oldest first. */
  public List<UserSession> of(String user, String device) {
    SessionsOfUser sessions = users.get(user);
    return sessions == null ? List.of() : sessions.of(device);
  }

  /** Whether the user has authenticated, and the fate of that {@code opened} record is open. */
  boolean isArriving(String user) {
    SessionsOfUser sessions = users.get(user);
    return sessions != null && sessions.isArriving();
  }

  /** Whether the user has a session that is in the log and has not left. */
  boolean isInLog(String user) {
    SessionsOfUser sessions = users.get(user);
    return sessions != null && sessions.isInLog();
  }

  /** All of them, as they are now. */
  public Collection<UserSession> all() {
    return users.values().stream().flatMap(sessions -> sessions.all().stream()).toList();
  }

  /** How many there are. */
  public int size() {
    return size.get();
  }
}
