package im.linnet.edge.presence;

import im.linnet.schemas.event.PresenceState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which devices each user is known to have: those of {@code im.presence.v1}, and, until the tracker
 * has taken them in, those of {@code opened} records in {@code im.session.v1}. A device counts from
 * its {@code opened} record and is forgotten 30 days after it was last seen. Safe on any thread.
 */
public final class DeviceDirectory {
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();

  private final UserTable users;
  private final Clock clock;

  /**
   * Makes one.
   *
   * @param random one that nobody can guess
   */
  public DeviceDirectory(RandomGenerator random, Clock clock) {
    this.users = new UserTable(random);
    this.clock = clock;
  }

  /** An {@code opened} record was met. */
  public void opened(String user, String device, long millis) {
    users.opened(user, device, millis);
  }

  /** Whether a device is known now. */
  public boolean isKnown(String user, String device) {
    return users.isKnown(user, device, oldest());
  }

  /** Whether a user has more than one known device, so that own messages are copied. */
  public boolean hasSeveral(String user) {
    return users.devices(user, oldest()) > 1;
  }

  /** Those that are not forgotten by now. */
  List<PresenceState.Device> remembered(List<PresenceState.Device> devices) {
    long oldest = oldest();
    return devices.stream().filter(each -> each.seen() >= oldest).toList();
  }

  UserTable users() {
    return users;
  }

  private long oldest() {
    return clock.millis() - REMEMBERED_MILLIS;
  }
}
