package im.linnet.presence;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Device;
import im.linnet.schemas.event.PresenceState.Session;
import im.linnet.schemas.event.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The transitions of one user's presence. Pure: state in, state out. Without a change an equal
 * state comes back, and nothing is published.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>event</th><th>effect</th></tr>
 * <tr><td>opened</td><td>the session is live, unless its edge's epoch is over; a known session that
 * is announced again keeps its age and takes the new epoch</td></tr>
 * <tr><td>closed</td><td>the session is gone; an unknown one changes nothing</td></tr>
 * <tr><td>status</td><td>chosen, online or not; others see it while a session is live</td></tr>
 * <tr><td>any event of a user who chose {@code offline}</td><td>others see neither a status nor a
 * later last-seen time</td></tr>
 * <tr><td>an epoch is over</td><td>all its sessions are gone</td></tr>
 * </table>
 */
final class UserPresence {
  static final int MAX_DEVICES = 16;

  /**
   * The most live sessions kept per user, the newest ones; far more than one person's devices need.
   */
  static final int MAX_SESSIONS = 64;

  static final long DEVICE_MEMORY_MILLIS = Duration.ofDays(30).toMillis();

  private UserPresence() {}

  /** The state of an unknown user. */
  static PresenceState unknown(String user) {
    return new PresenceState(
        user, PresenceStatus.OFFLINE, PresenceStatus.ONLINE, 0, List.of(), List.of());
  }

  /**
   * The state after an event of the user.
   *
   * @param time the event's broker time, ms
   * @param ended matches the sessions of ended epochs
   */
  static PresenceState after(
      PresenceState state, SessionEvent event, long time, Predicate<Session> ended) {
    return switch (event) {
      case SessionEvent.Opened opened -> opened(state, opened, time, ended);
      case SessionEvent.Closed closed ->
          without(state, session -> session.session().equals(closed.session()), time);
      case SessionEvent.Status status -> changed(state, status.status(), time);
    };
  }

  private static PresenceState opened(
      PresenceState state, SessionEvent.Opened opened, long time, Predicate<Session> ended) {
    Session session =
        new Session(
            opened.session(),
            opened.device(),
            opened.edge(),
            opened.epoch(),
            opened.address(),
            opened.edgeAddress(),
            time);
    if (ended.test(session)) {
      return state;
    }
    List<Session> sessions = new ArrayList<>(state.sessions());
    int known = indexOf(sessions, opened.session());
    if (known >= 0) {
      if (sessions.get(known).epoch() >= opened.epoch()) {
        return state;
      }
      sessions.set(known, withSince(session, sessions.get(known).since()));
    } else {
      sessions.add(session);
      if (sessions.size() > MAX_SESSIONS) {
        sessions.removeFirst();
      }
    }
    return new PresenceState(
        state.user(),
        state.chosen(),
        state.chosen(),
        lastSeen(state, time),
        devices(state, opened.device(), time, sessions),
        sessions);
  }

  /** The state without the sessions that match; each was last seen at that time. */
  static PresenceState without(PresenceState state, Predicate<Session> gone, long time) {
    List<Session> sessions = new ArrayList<>();
    PresenceState now = state;
    for (Session session : state.sessions()) {
      if (gone.test(session)) {
        now = withDevices(now, devices(now, session.device(), time, state.sessions()));
      } else {
        sessions.add(session);
      }
    }
    if (sessions.size() == state.sessions().size()) {
      return state;
    }
    return new PresenceState(
        state.user(),
        sessions.isEmpty() ? PresenceStatus.OFFLINE : state.chosen(),
        state.chosen(),
        lastSeen(state, time),
        now.devices(),
        sessions);
  }

  /** Others do not see an invisible user come and go. */
  private static long lastSeen(PresenceState state, long time) {
    return state.chosen() == PresenceStatus.OFFLINE
        ? state.lastSeen()
        : Math.max(state.lastSeen(), time);
  }

  /** To others an online user who becomes invisible, or shows again, leaves or comes. */
  private static PresenceState changed(PresenceState state, PresenceStatus chosen, long time) {
    if (state.chosen() == chosen) {
      return state;
    }
    boolean comesOrLeaves =
        !state.sessions().isEmpty()
            && (state.chosen() == PresenceStatus.OFFLINE || chosen == PresenceStatus.OFFLINE);
    return new PresenceState(
        state.user(),
        state.sessions().isEmpty() ? PresenceStatus.OFFLINE : chosen,
        chosen,
        comesOrLeaves ? Math.max(state.lastSeen(), time) : state.lastSeen(),
        state.devices(),
        state.sessions());
  }

  /**
   * That device first, then the others by age. Old devices are forgotten, but never a device in
   * use.
   */
  private static List<Device> devices(
      PresenceState state, String device, long time, List<Session> live) {
    List<Device> devices = new ArrayList<>();
    devices.add(new Device(device, time));
    for (Device known : state.devices()) {
      boolean fresh = time - known.seen() <= DEVICE_MEMORY_MILLIS || isUsed(known, live);
      if (!known.device().equals(device) && fresh && devices.size() < MAX_DEVICES) {
        devices.add(known);
      }
    }
    return devices;
  }

  private static boolean isUsed(Device device, List<Session> live) {
    return live.stream().anyMatch(session -> session.device().equals(device.device()));
  }

  private static PresenceState withDevices(PresenceState state, List<Device> devices) {
    return new PresenceState(
        state.user(), state.status(), state.chosen(), state.lastSeen(), devices, state.sessions());
  }

  private static Session withSince(Session session, long since) {
    return new Session(
        session.session(),
        session.device(),
        session.edge(),
        session.epoch(),
        session.address(),
        session.edgeAddress(),
        since);
  }

  private static int indexOf(List<Session> sessions, String id) {
    for (int i = 0; i < sessions.size(); i++) {
      if (sessions.get(i).session().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The state in the store's form, with the newest session's addresses.
   *
   * @param offset the offset of its record in {@code im.presence.v1}
   */
  static PresenceEntry entry(PresenceState state, long offset) {
    boolean alive = !state.sessions().isEmpty();
    Session newest = alive ? state.sessions().getLast() : null;
    return new PresenceEntry(
        state.user(),
        newest == null ? "" : newest.address(),
        newest == null ? "" : newest.edgeAddress(),
        alive,
        state.lastSeen(),
        offset + 1);
  }
}
