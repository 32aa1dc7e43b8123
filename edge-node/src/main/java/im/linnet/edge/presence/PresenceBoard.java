package im.linnet.edge.presence;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest presence of the kept users, folded from {@code im.presence.v1}. One thread (its
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
  public record Shown(PresenceStatus status, long lastSeen) {}

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

  /** The newest state of a user; null where that is in doubt, since nobody needed the user. */
  public @Nullable Shown of(String user) {
    return users.shown(user);
  }

  /**
   * Takes the next record of the topic.
   *
   * @throws MalformedEventException if it is no state of the user that its key names
   */
  public void fold(LogRecord record) throws MalformedEventException {
    String user = user(record);
    if (users.takes(user)) {
      take(user, record);
    }
  }

  /**
   * Takes a record that a pass over the log meets, for those whom it reads.
   *
   * @throws MalformedEventException if it is no state of the user that its key names
   */
  public void foldAgain(LogRecord record) throws MalformedEventException {
    String user = user(record);
    if (users.isRead(user)) {
      take(user, record);
    }
  }

  private static String user(LogRecord record) throws MalformedEventException {
    byte[] key = record.key();
    if (key == null) {
      throw new MalformedEventException("key: is missing");
    }
    return new String(key, StandardCharsets.UTF_8);
  }

  private void take(String user, LogRecord record) throws MalformedEventException {
    byte[] value = record.value();
    if (value == null) {
      replace(user, record.offset(), UNKNOWN, List.of());
      return;
    }
    PresenceState state = PresenceStateCodec.decode(value);
    if (!state.user().equals(user)) {
      throw new MalformedEventException("key: '" + user + "' is not '" + state.user() + "'");
    }
    replace(user, record.offset(), new Shown(state.status(), state.lastSeen()), state.devices());
  }

  /** Another device of somebody who is online anyway is no change that others see. */
  private void replace(String user, long offset, Shown now, List<PresenceState.Device> known) {
    if (users.settle(user, offset, now, devices.remembered(known))) {
      listener.changed(user, now);
    }
  }
}
