package im.linnet.schemas.event;

import im.linnet.schemas.document.PresenceStatus;
import java.util.List;

/**
 * The value of {@code im.presence.v1}, keyed by the user: the whole state of a user's presence. The
 * topic is compacted, so its replay is the presence-tracker's state.
 *
 * @param user the user
 * @param status the status that others see
 * @param chosen the status that the user chose for the time online
 * @param lastSeen the time when the last session ended or the newest one began, ms
 * @param devices known devices, 16 at most, newest first, forgotten after 30 days
 * @param sessions live sessions
 */
public record PresenceState(
    String user,
    PresenceStatus status,
    PresenceStatus chosen,
    long lastSeen,
    List<Device> devices,
    List<Session> sessions) {
  public static final String TYPE = "presence";

  public PresenceState {
    devices = List.copyOf(devices);
    sessions = List.copyOf(sessions);
  }

  /**
   * A device that the user connected with.
   *
   * @param device its name
   * @param seen the time when its last session opened or closed, ms
   */
  public record Device(String device, long seen) {}

  /**
   * A live session.
   *
   * @param session its id
   * @param device its device
   * @param edge the edge that holds it
   * @param epoch that edge's epoch
   * @param address the client's ip:port
   * @param edgeAddress the edge's ip:port
   * @param since the time when it opened, ms
   */
  public record Session(
      String session,
      String device,
      String edge,
      long epoch,
      String address,
      String edgeAddress,
      long since) {}
}
