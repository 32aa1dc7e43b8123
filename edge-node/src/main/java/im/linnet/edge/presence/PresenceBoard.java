package im.linnet.edge.presence;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest presence of the kept users, folded from {@code im.presence.v1}. One thread, the
 * follower's, folds; any thread reads.
 */
public final class PresenceBoard {
  /** An unknown user. */
  static final Shown UNKNOWN = new Shown(PresenceStatus.OFFLINE, 0);

  /**
   * The presence of a user as others see it.
   *
   * @param status the status that others see
   * @param lastSeen the time when the user was last online, ms; 0 for never
   */
  public record Shown(PresenceStatus status, long lastSeen) {}

  /** Called for each visible change, on the folding thread. */
  @FunctionalInterface
  public interface Listener {
    /** Takes the new status of a user that others see. */
    void changed(String user, Shown now);
  }

  private final UserTable users;
  private final DeviceDirectory devices;
  private final Listener listener;
  private final ConcurrentHashMap<String, Set<Awaited>> awaited = new ConcurrentHashMap<>();

  /** A status that somebody waits for. */
  private record Awaited(PresenceStatus status, CompletableFuture<Void> shown) {}

  /**
   * @param devices gets the users' devices
   * @param listener gets each visible change
   */
  public PresenceBoard(DeviceDirectory devices, Listener listener) {
    this.users = devices.users();
    this.devices = devices;
    this.listener = listener;
  }

  /** The newest state of a user; null if it is in doubt because the user was not needed. */
  public @Nullable Shown of(String user) {
    return users.shown(user);
  }

  /**
   * Completes once a kept user has that status; on any thread. The caller ends the wait.
   *
   * @param status a status of that user, as others see it
   */
  public CompletableFuture<Void> whenShown(String user, PresenceStatus status) {
    Awaited wait = new Awaited(status, new CompletableFuture<>());
    awaited.compute(
        user,
        (name, waits) -> {
          Set<Awaited> now = waits == null ? ConcurrentHashMap.newKeySet(2) : waits;
          now.add(wait);
          return now;
        });
    var unused = wait.shown.whenComplete((shown, ended) -> forget(user, wait));
    Shown now = of(user);
    if (now != null && now.status() == status) {
      wait.shown.complete(null);
    }
    return wait.shown;
  }

  private void forget(String user, Awaited wait) {
    awaited.computeIfPresent(
        user,
        (name, waits) -> {
          waits.remove(wait);
          return waits.isEmpty() ? null : waits;
        });
  }

  private void shown(String user, PresenceStatus status) {
    for (Awaited wait : awaited.getOrDefault(user, Set.of())) {
      if (wait.status == status) {
        wait.shown.complete(null);
      }
    }
  }

  /**
   * Takes the next record of the topic.
   *
   * @throws MalformedEventException if it is not a state of the user in its key
   */
  public void fold(LogRecord record) throws MalformedEventException {
    String user = user(record);
    if (users.takes(user)) {
      take(user, record);
    }
  }

  /**
   * Takes a record from a pass over the log, for the users that the pass reads.
   *
   * @throws MalformedEventException if it is not a state of the user in its key
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

  /** Replaces a state. Another device of an online user is not a change that others see. */
  private void replace(String user, long offset, Shown now, List<PresenceState.Device> known) {
    if (users.settle(user, offset, now, devices.remembered(known))) {
      listener.changed(user, now);
    }
    shown(user, now.status());
  }
}
