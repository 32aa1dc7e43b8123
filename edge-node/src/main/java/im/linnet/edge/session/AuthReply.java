package im.linnet.edge.session;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Limits;
import im.linnet.schemas.frame.Frames;
import java.io.IOException;

/** The reply to a successful {@code auth}. */
final class AuthReply {
  private AuthReply() {}

  static byte[] of(String requestId, UserSession session, SessionParts parts) {
    return Frames.ok(
        requestId,
        json -> {
          json.writeStringField("clientId", session.user());
          json.writeStringField("session", session.id());
          json.writeStringField("edge", parts.edge());
          json.writeStringField("log", parts.log());
          json.writeNumberField("heartbeat", parts.bounds().heartbeat().toMillis());
          json.writeObjectFieldStart("limits");
          writeLimits(json, parts.bounds().limits());
          json.writeEndObject();
        });
  }

  private static void writeLimits(JsonGenerator json, Limits limits) throws IOException {
    json.writeNumberField("frame", limits.frame());
    json.writeNumberField("content", limits.content());
    json.writeNumberField("sync", limits.sync());
    json.writeNumberField("page", limits.page());
    json.writeNumberField("users", limits.users());
    json.writeNumberField("readPush", limits.readPush());
    json.writeNumberField("change", limits.change());
  }
}
