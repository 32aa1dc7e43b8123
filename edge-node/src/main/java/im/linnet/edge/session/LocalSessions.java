package im.linnet.edge.session;

import im.linnet.schemas.frame.CloseCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated sessions of this edge. A newer session of the same user and device replaces the
 * older ones once the log says that it is there, and not before: until then the older one is all
 * that shows the user as present. Safe on any thread.
 */
public final class LocalSessions {
  private record Seat(String user, String device) {}

  // Immutable lists in the order of entering; one session in each, but while it is replaced.
  private final ConcurrentHashMap<Seat, List<UserSession>> seats = new ConcurrentHashMap<>();
  // By user, only those whose arrival is not decided yet.
  private final ConcurrentHashMap<String, List<UserSession>> arriving = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  /** Takes a session in, beside the older ones. */
  void enter(UserSession session) {
    seats.merge(seat(session), List.of(session), LocalSessions::joined);
    arriving.merge(session.user(), List.of(session), LocalSessions::joined);
    size.incrementAndGet();
  }

  /** Its {@code opened} record is in the log, or will never be. */
  void arrived(UserSession session) {
    arriving.computeIfPresent(session.user(), (user, all) -> without(all, session));
    session.arrived();
  }

  /** Closes the sessions of the same device that entered before this one. */
  void replaceOlder(UserSession session) {
    for (UserSession each : of(session.user(), session.device())) {
      if (each == session) {
        return;
      }
      each.close(CloseCode.REPLACED, "", 0);
    }
  }

  /** Lets a session go, once. */
  void leave(UserSession session) {
    seats.computeIfPresent(seat(session), (seat, all) -> without(all, session));
    size.decrementAndGet();
  }

  /** The sessions of a user's device, the oldest first. */
  public List<UserSession> of(String user, String device) {
    return seats.getOrDefault(new Seat(user, device), List.of());
  }

  /**
   * What is awaited of a user who has authenticated, and whose {@code opened} record is not in the
   * log yet.
   *
   * @return completes once it is, or will never be; null where nothing is awaited
   */
  @Nullable CompletableFuture<?> arriving(String user) {
    List<UserSession> awaited = arriving.get(user);
    return awaited == null
        ? null
        : CompletableFuture.allOf(
            awaited.stream().map(UserSession::arrival).toArray(CompletableFuture<?>[]::new));
  }

  /** All of them, as they are now. */
  public Collection<UserSession> all() {
    return seats.values().stream().flatMap(List::stream).toList();
  }

  /** How many there are. */
  public int size() {
    return size.get();
  }

  private static Seat seat(UserSession session) {
    return new Seat(session.user(), session.device());
  }

  private static List<UserSession> joined(List<UserSession> older, List<UserSession> one) {
    List<UserSession> all = new ArrayList<>(older);
    all.addAll(one);
    return List.copyOf(all);
  }

  private static @Nullable List<UserSession> without(List<UserSession> all, UserSession session) {
    List<UserSession> rest = all.stream().filter(each -> each != session).toList();
    return rest.isEmpty() ? null : rest;
  }
}
