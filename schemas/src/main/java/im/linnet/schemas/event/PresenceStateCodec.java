package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON values of {@code im.presence.v1}. Safe on any thread. */
public final class PresenceStateCodec {
  private PresenceStateCodec() {}

  /** The record value of a state. */
  public static byte[] encode(PresenceState state) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("user", state.user());
          json.writeStringField("status", state.status().wire());
          json.writeStringField("chosen", state.chosen().wire());
          json.writeNumberField("lastSeen", state.lastSeen());
          json.writeArrayFieldStart("devices");
          for (PresenceState.Device device : state.devices()) {
            json.writeStartObject();
            json.writeStringField("device", device.device());
            json.writeNumberField("seen", device.seen());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("sessions");
          for (PresenceState.Session session : state.sessions()) {
            writeSession(json, session);
          }
          json.writeEndArray();
        });
  }

  private static void writeSession(JsonGenerator json, PresenceState.Session session)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("session", session.session());
    json.writeStringField("device", session.device());
    json.writeStringField("edge", session.edge());
    json.writeNumberField("epoch", session.epoch());
    json.writeStringField("address", session.address());
    json.writeStringField("edgeAddress", session.edgeAddress());
    json.writeNumberField("since", session.since());
    json.writeEndObject();
  }

  /**
   * The state of that value.
   *
   * @throws MalformedEventException if a field is missing or ill-typed
   */
  public static PresenceState decode(byte[] value) throws MalformedEventException {
    JsonFields fields = JsonFields.parse(value);
    List<PresenceState.Device> devices = new ArrayList<>();
    for (JsonFields device : fields.objects("devices")) {
      devices.add(
          new PresenceState.Device(device.text("device"), device.count("seen", Long.MAX_VALUE)));
    }
    List<PresenceState.Session> sessions = new ArrayList<>();
    for (JsonFields session : fields.objects("sessions")) {
      sessions.add(
          new PresenceState.Session(
              session.text("session"),
              session.text("device"),
              session.text("edge"),
              session.count("epoch", Long.MAX_VALUE),
              session.text("address"),
              session.text("edgeAddress"),
              session.count("since", Long.MAX_VALUE)));
    }
    return new PresenceState(
        fields.user("user"),
        SessionEventCodec.status(fields.text("status")),
        SessionEventCodec.status(fields.text("chosen")),
        fields.count("lastSeen", Long.MAX_VALUE),
        devices,
        sessions);
  }
}
