package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.SessionEvent.Closed;
import im.linnet.schemas.event.SessionEvent.Opened;
import im.linnet.schemas.event.SessionEvent.Status;

/** JSON values of {@code im.session.v1}. Safe on any thread. */
public final class SessionEventCodec {
  private SessionEventCodec() {}

  /** The record value of an event. */
  public static byte[] encode(SessionEvent event) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("user", event.user());
          switch (event) {
            case Opened opened -> {
              json.writeStringField("session", opened.session());
              json.writeStringField("device", opened.device());
              json.writeStringField("edge", opened.edge());
              json.writeNumberField("epoch", opened.epoch());
              json.writeStringField("address", opened.address());
              json.writeStringField("edgeAddress", opened.edgeAddress());
            }
            case Closed closed -> {
              json.writeStringField("session", closed.session());
              json.writeStringField("edge", closed.edge());
            }
            case Status status -> json.writeStringField("status", status.status().wire());
          }
        });
  }

  /**
   * The event of that {@code ce_type} and value.
   *
   * @throws MalformedEventException if the type is unknown or a field is missing or ill-typed
   */
  public static SessionEvent decode(String type, byte[] value) throws MalformedEventException {
    JsonFields fields = JsonFields.parse(value);
    String user = fields.user("user");
    return switch (type) {
      case Opened.TYPE ->
          new Opened(
              user,
              fields.text("session"),
              fields.text("device"),
              fields.text("edge"),
              fields.count("epoch", Long.MAX_VALUE),
              fields.text("address"),
              fields.text("edgeAddress"));
      case Closed.TYPE -> new Closed(user, fields.text("session"), fields.text("edge"));
      case Status.TYPE -> new Status(user, status(fields.text("status")));
      default -> throw new MalformedEventException("ce_type: '" + type + "' is unknown");
    };
  }

  static PresenceStatus status(String wire) throws MalformedEventException {
    PresenceStatus status = PresenceStatus.ofWire(wire);
    if (status == null) {
      throw new MalformedEventException("status: '" + wire + "' is unknown");
    }
    return status;
  }
}
