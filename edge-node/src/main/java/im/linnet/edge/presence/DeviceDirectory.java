package im.linnet.edge.presence;

import im.linnet.schemas.event.PresenceState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which devices each user is known to have: those of {@code im.presence.v1}, and, until the tracker
 * has taken them in, those of {@code opened} records in {@code im.session.v1}. A device counts from
 * its {@code opened} record and is forgotten 30 days after it was last seen. Safe on any thread.
 */
public final class DeviceDirectory {
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();
  private static final int MOST_DEVICES = 16;

  private final Function<String, List<PresenceState.Device>> settled;
  private final Clock clock;
  // Immutable lists, newest first.
  private final ConcurrentHashMap<String, List<PresenceState.Device>> recent =
      new ConcurrentHashMap<>();

  /**
   * Makes one.
   *
   * @param settled the devices of a user as presence has them
   */
  public DeviceDirectory(Function<String, List<PresenceState.Device>> settled, Clock clock) {
    this.settled = settled;
    this.clock = clock;
  }

  /** An {@code opened} record was met. */
  public void opened(String user, String device, long millis) {
    if (covers(settled.apply(user), device, millis)) {
      return;
    }
    recent.compute(
        user,
        (name, before) -> {
          List<PresenceState.Device> now = new ArrayList<>();
          now.add(new PresenceState.Device(device, millis));
          if (before != null) {
            for (PresenceState.Device each : before) {
              if (!each.device().equals(device) && now.size() < MOST_DEVICES) {
                now.add(each);
              }
            }
          }
          return List.copyOf(now);
        });
  }

  /** Presence has these devices of a user now: what it has taken in is no longer kept here. */
  public void settled(String user, List<PresenceState.Device> devices) {
    recent.computeIfPresent(
        user,
        (name, before) -> {
          List<PresenceState.Device> rest =
              before.stream().filter(each -> !covers(devices, each.device(), each.seen())).toList();
          return rest.isEmpty() ? null : rest;
        });
  }

  /** Whether a device is known now. */
  public boolean isKnown(String user, String device) {
    long oldest = clock.millis() - REMEMBERED_MILLIS;
    return covers(settled.apply(user), device, oldest)
        || covers(recent.getOrDefault(user, List.of()), device, oldest);
  }

  /** Whether a user has more than one known device, so that own messages are copied. */
  public boolean hasSeveral(String user) {
    List<PresenceState.Device> old = settled.apply(user);
    List<PresenceState.Device> fresh = recent.getOrDefault(user, List.of());
    if (old.size() + fresh.size() < 2) {
      return false;
    }
    long oldest = clock.millis() - REMEMBERED_MILLIS;
    Set<String> names = new HashSet<>();
    old.stream().filter(each -> each.seen() >= oldest).forEach(each -> names.add(each.device()));
    fresh.stream().filter(each -> each.seen() >= oldest).forEach(each -> names.add(each.device()));
    return names.size() > 1;
  }

  private static boolean covers(
      List<PresenceState.Device> devices, String device, long seenAtLeast) {
    for (PresenceState.Device each : devices) {
      if (each.device().equals(device) && each.seen() >= seenAtLeast) {
        return true;
      }
    }
    return false;
  }
}
