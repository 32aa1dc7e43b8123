package im.linnet.edge.presence;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The newest presence of every user, folded from {@code im.presence.v1}. One thread (its
 * follower's) folds, any thread reads.
 */
public final class PresenceBoard {
  /** A user of whom nothing is known. */
  static final Shown UNKNOWN = new Shown(PresenceStatus.OFFLINE, 0);

  /**
   * What others see of a user.
   *
   * @param status what others see
   * @param lastSeen ms; 0 where never
   */
  public record Shown(PresenceStatus status, long lastSeen) {
    private static final int STATUS_BITS = 3;

    /** Both in one number. */
    long packed() {
      long code =
          switch (status) {
            case OFFLINE -> 0;
            case ONLINE -> 1;
            case AWAY -> 2;
            case BUSY -> 3;
          };
      return (lastSeen << STATUS_BITS) | code;
    }

    static Shown of(long packed) {
      PresenceStatus status =
          switch ((int) packed & ((1 << STATUS_BITS) - 1)) {
            case 1 -> PresenceStatus.ONLINE;
            case 2 -> PresenceStatus.AWAY;
            case 3 -> PresenceStatus.BUSY;
            default -> PresenceStatus.OFFLINE;
          };
      return new Shown(status, packed >> STATUS_BITS);
    }
  }

  /** Told of what others see, on the folding thread. */
  @FunctionalInterface
  public interface Listener {
    /** Others see another status of that user than before. */
    void changed(String user, Shown now);
  }

  private final UserTable users;
  private final DeviceDirectory devices;
  private final Listener listener;

  /** Makes one that keeps devices in that directory. */
  public PresenceBoard(DeviceDirectory devices, Listener listener) {
    this.users = devices.users();
    this.devices = devices;
    this.listener = listener;
  }

  /** The newest state of a user. */
  public Shown of(String user) {
    return users.shown(user);
  }

  /**
   * Takes the next record of the topic.
   *
   * @throws MalformedEventException if it is no state of the user that its key names
   */
  public void fold(LogRecord record) throws MalformedEventException {
    byte[] key = record.key();
    if (key == null) {
      throw new MalformedEventException("key: is missing");
    }
    String user = new String(key, StandardCharsets.UTF_8);
    byte[] value = record.value();
    if (value == null) {
      replace(user, UNKNOWN, List.of());
      return;
    }
    PresenceState state = PresenceStateCodec.decode(value);
    if (!state.user().equals(user)) {
      throw new MalformedEventException("key: '" + user + "' is not '" + state.user() + "'");
    }
    replace(user, new Shown(state.status(), state.lastSeen()), state.devices());
  }

  /** Another device of somebody who is online anyway is no change that others see. */
  private void replace(String user, Shown now, List<PresenceState.Device> known) {
    Shown before = users.settle(user, now, devices.remembered(known));
    if (before.status() != now.status()) {
      listener.changed(user, now);
    }
  }
}
