package im.linnet.edge.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one user on this edge. Every change costs the same, for any number of sessions.
 * Most users have one session, which is in the log; such a user holds neither map nor set.
 */
final class SessionsOfUser {
  private static final int FEW = 1;

  // Guarded by this. The one session; null without one, and once there were several.
  private @Nullable UserSession only;
  // Once there were several: in the order of entering, one session of each device, except during a
  // replacement. Otherwise empty.
  private Map<String, Set<UserSession>> devices = Map.of();
  private int present;
  // Sessions with an undecided arrival, also those that have left meanwhile.
  private Set<UserSession> arriving = Set.of();
  // Sessions that have not left and whose opened record is not in the log, or not yet.
  private Set<UserSession> unlogged = Set.of();

  synchronized void enter(UserSession session) {
    if (present == 0) {
      only = session;
    } else {
      UserSession first = only;
      if (first != null) {
        only = null;
        devices = new HashMap<>();
        add(first);
      }
      add(session);
    }
    present++;
    arriving = with(arriving, session);
    unlogged = with(unlogged, session);
  }

  private void add(UserSession session) {
    devices.computeIfAbsent(session.device(), device -> new LinkedHashSet<>(FEW)).add(session);
  }

  synchronized void arrived(UserSession session, boolean durable) {
    arriving = without(arriving, session);
    if (durable) {
      unlogged = without(unlogged, session);
    }
  }

  synchronized void leave(UserSession session) {
    unlogged = without(unlogged, session);
    if (only == session) {
      only = null;
      present = 0;
    } else if (devices.getOrDefault(session.device(), Set.of()).contains(session)) {
      devices.computeIfPresent(
          session.device(),
          (device, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
          });
      present--;
    }
  }

  private static Set<UserSession> with(Set<UserSession> some, UserSession one) {
    Set<UserSession> more = some.isEmpty() ? new HashSet<>(FEW) : some;
    more.add(one);
    return more;
  }

  private static Set<UserSession> without(Set<UserSession> some, UserSession one) {
    if (some.isEmpty()) {
      return some;
    }
    some.remove(one);
    return some.isEmpty() ? Set.of() : some;
  }

  /** Whether this user has no state to remember. */
  synchronized boolean isEmpty() {
    return present == 0 && arriving.isEmpty();
  }

  synchronized boolean isArriving() {
    return !arriving.isEmpty();
  }

  synchronized boolean isInLog() {
    return present > unlogged.size();
  }

  /** The sessions of a device, the oldest first. */
  synchronized List<UserSession> of(String device) {
    UserSession one = only;
    if (one != null) {
      return one.device().equals(device) ? List.of(one) : List.of();
    }
    return List.copyOf(devices.getOrDefault(device, Set.of()));
  }

  /** The sessions of the same device that entered before this one, the oldest first. */
  synchronized List<UserSession> olderThan(UserSession session) {
    List<UserSession> older = new ArrayList<>(1);
    for (UserSession each : of(session.device())) {
      if (each == session) {
        break;
      }
      older.add(each);
    }
    return older;
  }

  synchronized List<UserSession> all() {
    UserSession one = only;
    return one != null
        ? List.of(one)
        : devices.values().stream().flatMap(Collection::stream).toList();
  }
}
