package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The authenticated sessions of this edge. A newer session of the same user and device replaces the
 * older ones once its record is in the log, and not before. Until then only the older one shows the
 * user as present. Safe on any thread.
 */
public final class LocalSessions {
  // A user is changed within the map's lock of that user, so a change never meets a dropped user.
  private final ConcurrentHashMap<String, SessionsOfUser> users = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  /** Adds a session, beside the older ones. */
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
   * Takes the fate of the first {@code opened} record of a session.
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

  /** Removes a session, once. */
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

  /** The user's sessions that have got all that they had missed. */
  public List<UserSession> live(String user) {
    SessionsOfUser sessions = users.get(user);
    return sessions == null
        ? List.of()
        : sessions.all().stream().filter(UserSession::isLive).toList();
  }

  /** Whether the user has a session with an {@code opened} record of undecided fate. */
  boolean isArriving(String user) {
    SessionsOfUser sessions = users.get(user);
    return sessions != null && sessions.isArriving();
  }

  /** Whether the user has a session that is in the log and has not left. */
  boolean isInLog(String user) {
    SessionsOfUser sessions = users.get(user);
    return sessions != null && sessions.isInLog();
  }

  /** All sessions at this moment. */
  public Collection<UserSession> all() {
    return users.values().stream().flatMap(sessions -> sessions.all().stream()).toList();
  }

  /** The number of sessions. */
  public int size() {
    return size.get();
  }
}
