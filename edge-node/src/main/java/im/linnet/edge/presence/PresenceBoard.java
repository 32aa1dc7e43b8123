package im.linnet.edge.presence;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest presence of every user, folded from {@code im.presence.v1}. One thread (its
 * follower's) folds, any thread reads.
 */
public final class PresenceBoard {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceBoard.class);

  /** A user of whom nothing is known. */
  static final Shown UNKNOWN = new Shown(PresenceStatus.OFFLINE, 0, List.of());

  /**
   * What is known of a user.
   *
   * @param status what others see
   * @param lastSeen ms; 0 where never
   * @param devices known devices, newest first
   */
  public record Shown(PresenceStatus status, long lastSeen, List<PresenceState.Device> devices) {
    /** Whether others see no change: another device of somebody who is online anyway is none. */
    boolean looksLike(Shown other) {
      return status == other.status;
    }
  }

  /** Told of what changed, on the folding thread. */
  @FunctionalInterface
  public interface Listener {
    /** A user's state was replaced; {@code visible} where others see a difference. */
    void changed(String user, Shown now, boolean visible);
  }

  private final Map<String, Shown> users = new ConcurrentHashMap<>();
  private final Listener listener;

  public PresenceBoard(Listener listener) {
    this.listener = listener;
  }

  /** The newest state of a user. */
  public Shown of(String user) {
    return users.getOrDefault(user, UNKNOWN);
  }

  /** Takes the next record of the topic. */
  public void fold(LogRecord record) {
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    String user = new String(key, StandardCharsets.UTF_8);
    byte[] value = record.value();
    if (value == null) {
      replace(user, null);
      return;
    }
    try {
      PresenceState state = PresenceStateCodec.decode(value);
      replace(user, new Shown(state.status(), state.lastSeen(), state.devices()));
    } catch (MalformedEventException e) {
      LOG.warn("{} is passed over: {}", record.place(), e.getMessage());
    }
  }

  private void replace(String user, @Nullable Shown shown) {
    Shown before = shown == null ? users.remove(user) : users.put(user, shown);
    Shown now = shown == null ? UNKNOWN : shown;
    listener.changed(user, now, !now.looksLike(before == null ? UNKNOWN : before));
  }
}
