package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;

/** The first frame of a connection: the token, the device and the positions seen so far. */
final class AuthFrame {
  private AuthFrame() {}

  static byte[] encode(String id, String token, String device, SeenPositions places) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("op", "auth");
          json.writeStringField("token", token);
          json.writeStringField("device", device);
          if (!places.isEmpty()) {
            json.writeArrayFieldStart("resume");
            for (Position position : places.at()) {
              json.writeString(position.toString());
            }
            json.writeEndArray();
            String log = places.log();
            if (log != null) {
              json.writeStringField("log", log);
            }
          }
        });
  }
}
