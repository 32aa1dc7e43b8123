package im.linnet.schemas.event;

import im.linnet.schemas.document.PresenceStatus;

/** The events of {@code im.session.v1}, keyed by the user: the life of client sessions. */
public sealed interface SessionEvent {
  /** The user of the session. */
  String user();

  /** The {@code ce_type} of the record. */
  String type();

  /**
   * A session was authenticated. The event is repeated when its edge takes a new epoch.
   *
   * @param user its user
   * @param session the session's id, unique for ever
   * @param device the client's device name
   * @param edge the edge that holds it
   * @param epoch the edge's epoch, ms
   * @param address the client's ip:port
   * @param edgeAddress the ip:port at which the edge serves clients
   */
  record Opened(
      String user,
      String session,
      String device,
      String edge,
      long epoch,
      String address,
      String edgeAddress)
      implements SessionEvent {
    public static final String TYPE = "opened";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A session ended.
   *
   * @param user its user
   * @param session the session's id
   * @param edge the edge that held it
   */
  record Closed(String user, String session, String edge) implements SessionEvent {
    public static final String TYPE = "closed";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A user chose a status, on all sessions.
   *
   * @param user the user
   * @param status the status that others see while the user has a session
   */
  record Status(String user, PresenceStatus status) implements SessionEvent {
    public static final String TYPE = "status";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
