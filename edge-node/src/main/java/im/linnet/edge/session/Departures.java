package im.linnet.edge.session;

import im.linnet.log.Callbacks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says {@code closed} of sessions that have left, no sooner than it can mean an absence. A user who
 * comes back within {@link #LINGER_MILLIS}, here or on another edge, was never away; and of a user
 * who has authenticated again here, {@code opened} stands in the log before {@code closed} does,
 * however long that takes. Safe on any thread, never blocks.
 */
public final class Departures {
  /** A client whose socket died has come back by then, if it tries at once. */
  public static final long LINGER_MILLIS = 2_000;

  private static final long AGAIN_MILLIS = 1_000;

  private final LocalSessions sessions;
  private final Announcements announcements;
  private final Delay delay;
  private final Set<UserSession> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean hurried;

  public Departures(LocalSessions sessions, Announcements announcements, Delay delay) {
    this.sessions = sessions;
    this.announcements = announcements;
    this.delay = delay;
  }

  /** A session that was announced has left. */
  void left(UserSession session) {
    waiting.add(session);
    if (hurried) {
      sayOnceAllowed(session);
    } else {
      delay.run(LINGER_MILLIS, () -> sayOnceAllowed(session));
    }
  }

  private void sayOnceAllowed(UserSession session) {
    CompletableFuture<?> awaited = awaited(session);
    if (awaited != null) {
      // Others may have come by then.
      Callbacks.whenDone(awaited, (done, failure) -> sayOnceAllowed(session));
    } else if (waiting.remove(session)) {
      say(session);
    }
  }

  /** Its own opened records, then those of others of its user, whatever becomes of them. */
  private @Nullable CompletableFuture<?> awaited(UserSession session) {
    CompletableFuture<?> opened = session.announced();
    if (opened != null && !opened.isDone()) {
      return opened;
    }
    return hurried ? null : sessions.arriving(session.user());
  }

  private void say(UserSession session) {
    Callbacks.whenDone(
        announcements.closed(session),
        (acked, failure) -> {
          if (failure != null) {
            // The user may have come back since.
            waiting.add(session);
            delay.run(AGAIN_MILLIS, () -> sayOnceAllowed(session));
          }
        });
  }

  /** The edge stops: all is said now, and what leaves from here on at once. */
  public void hurry() {
    hurried = true;
    List.copyOf(waiting).forEach(this::sayOnceAllowed);
  }

  /** Sessions that have left, and whose {@code closed} is not on its way to the log. */
  public int waiting() {
    return waiting.size();
  }
}
