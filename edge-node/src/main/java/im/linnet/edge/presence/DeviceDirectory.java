package im.linnet.edge.presence;

import im.linnet.schemas.event.PresenceState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The known devices of the kept users. They come from {@code im.presence.v1}. Until the tracker has
 * taken them in, they also come from {@code opened} records in {@code im.session.v1}. A device
 * counts from its {@code opened} record and is forgotten 30 days after it was last seen. Safe on
 * any thread.
 */
public final class DeviceDirectory {
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();

  private final UserTable users;
  private final Clock clock;

  /**
   * An empty directory.
   *
   * @param mostSpare the most users that are kept although this edge does not need them
   */
  public DeviceDirectory(Clock clock, int mostSpare) {
    this.users = new UserTable(mostSpare);
    this.clock = clock;
  }

  /** Takes an {@code opened} record. */
  public void opened(String user, String device, long millis) {
    users.opened(user, device, millis);
  }

  /** Whether a device is known now. */
  public boolean isKnown(String user, String device) {
    return users.isKnown(user, device, oldest());
  }

  /**
   * Whether a user has more than one known device, so that own messages are copied. True while the
   * user is in doubt. A needless copy does no harm: the sender's device knows the message already.
   * A missing copy is lost on another device for good.
   */
  public boolean hasSeveral(String user) {
    return users.mayHaveSeveral(user, oldest());
  }

  /** The number of kept users. */
  public int size() {
    return users.size();
  }

  /** The devices that are not forgotten by now. */
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
