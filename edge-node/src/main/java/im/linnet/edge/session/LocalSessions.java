package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated sessions of this edge, at most one per user and device: a newer one replaces
 * the older. Safe on any thread.
 */
public final class LocalSessions {
  private record Seat(String user, String device) {}

  private final ConcurrentHashMap<Seat, UserSession> seats = new ConcurrentHashMap<>();

  /** Takes a session in; the one that it replaces is closed. */
  void enter(UserSession session) {
    UserSession older = seats.put(new Seat(session.user(), session.device()), session);
    if (older != null) {
      older.close(CloseCode.REPLACED, "", 0);
    }
  }

  /** Lets a session go. */
  void leave(UserSession session) {
    seats.remove(new Seat(session.user(), session.device()), session);
  }

  /** The session of that user and device, null where there is none. */
  public @Nullable UserSession find(String user, String device) {
    return seats.get(new Seat(user, device));
  }

  /** A live view of all of them. */
  public Collection<UserSession> all() {
    return Collections.unmodifiableCollection(seats.values());
  }

  /** How many there are. */
  public int size() {
    return seats.size();
  }
}
