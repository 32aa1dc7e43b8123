package im.linnet.edge.presence;

import im.linnet.schemas.event.PresenceState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Which devices the kept users are known to have: those of {@code im.presence.v1}, and, until the
 * tracker has taken them in, those of {@code opened} records in {@code im.session.v1}. A device
 * counts from its {@code opened} record and is forgotten 30 days after it was last seen. Safe on
 * any thread.
 */
public final class DeviceDirectory {
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();

  private final UserTable users;
  private final Clock clock;

  /**
   * Makes one that knows nobody yet.
   *
   * @param mostSpare users who are kept although nobody here needs them
   */
  public DeviceDirectory(Clock clock, int mostSpare) {
    this.users = new UserTable(mostSpare);
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

  /**
   * Whether a user has more than one known device, so that own messages are copied. True while the
   * user is in doubt: a copy too many is a message that its sender's device knows already, one too
   * few is missing on another device for good.
   */
  public boolean hasSeveral(String user) {
    return users.mayHaveSeveral(user, oldest());
  }

  /** How many users are kept. */
  public int size() {
    return users.size();
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
