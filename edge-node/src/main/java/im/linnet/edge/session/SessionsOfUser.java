package im.linnet.edge.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sessions of one user on this edge. Every change costs the same, for any number of sessions.
 */
final class SessionsOfUser {
  /** Most users have one session. A table of usual size would cost each of them 56 bytes more. */
  private static final int FEW = 1;

  // Guarded by this. In the order of entering; one session of each device, except during a
  // replacement.
  private final Map<String, Set<UserSession>> devices = new HashMap<>(FEW);
  // Sessions with an undecided arrival, also those that have left meanwhile.
  private final Set<UserSession> arriving = new HashSet<>(FEW);
  // Sessions that have not left and have their opened record in the log.
  private final Set<UserSession> inLog = new HashSet<>(FEW);

  synchronized void enter(UserSession session) {
    devices.computeIfAbsent(session.device(), device -> new LinkedHashSet<>(FEW)).add(session);
    arriving.add(session);
  }

  synchronized void arrived(UserSession session, boolean durable) {
    arriving.remove(session);
    if (durable && devices.getOrDefault(session.device(), Set.of()).contains(session)) {
      inLog.add(session);
    }
  }

  synchronized void leave(UserSession session) {
    inLog.remove(session);
    devices.computeIfPresent(
        session.device(),
        (device, all) -> {
          all.remove(session);
          return all.isEmpty() ? null : all;
        });
  }

  /** Whether this user has no state to remember. */
  synchronized boolean isEmpty() {
    return devices.isEmpty() && arriving.isEmpty();
  }

  synchronized boolean isArriving() {
    return !arriving.isEmpty();
  }

  synchronized boolean isInLog() {
    return !inLog.isEmpty();
  }

  /** The sessions of a device, the oldest first. */
  synchronized List<UserSession> of(String device) {
    return List.copyOf(devices.getOrDefault(device, Set.of()));
  }

  /** The sessions of the same device that entered before this one, the oldest first. */
  synchronized List<UserSession> olderThan(UserSession session) {
    List<UserSession> older = new ArrayList<>(1);
    for (UserSession each : devices.getOrDefault(session.device(), Set.of())) {
      if (each == session) {
        break;
      }
      older.add(each);
    }
    return older;
  }

  synchronized List<UserSession> all() {
    return devices.values().stream().flatMap(Collection::stream).toList();
  }
}
