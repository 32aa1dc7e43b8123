package im.linnet.schemas.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Builds the server's frames as UTF-8 JSON, without the newline. Safe on any thread. */
public final class Frames {
  private Frames() {}

  /** A reply of code 0 with these fields in {@code data}. */
  public static byte[] ok(@Nullable String id, JsonBytes.Fields data) {
    return reply(id, ReplyCode.OK, ReplyCode.OK.word(), data);
  }

  /** An error reply. Its {@code message} is the code's word, a colon and the problem. */
  public static byte[] error(@Nullable String id, ReplyCode code, String detail) {
    return reply(id, code, code.word() + ": " + detail, json -> {});
  }

  /** An error reply with the time after which to try again, in ms. */
  public static byte[] error(
      @Nullable String id, ReplyCode code, String detail, long retryAfterMillis) {
    return reply(
        id,
        code,
        code.word() + ": " + detail,
        json -> json.writeNumberField("retryAfter", retryAfterMillis));
  }

  /** The reply to a request that could not be judged; {@code data.field} names the field. */
  public static byte[] error(BadRequestException e) {
    String field = e.field();
    return reply(
        e.requestId(),
        e.code(),
        e.code().word() + ": " + e.getMessage(),
        json -> {
          if (field != null) {
            json.writeStringField("field", field);
          }
        });
  }

  private static byte[] reply(
      @Nullable String id, ReplyCode code, String message, JsonBytes.Fields data) {
    return JsonBytes.object(
        json -> {
          if (id != null) {
            json.writeStringField("id", id);
          }
          json.writeNumberField("code", code.code());
          json.writeStringField("message", message);
          json.writeObjectFieldStart("data");
          data.write(json);
          json.writeEndObject();
        });
  }

  /** The last frame of a session. */
  public static byte[] close(CloseCode code, String detail, long retryAfterMillis) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("op", "close");
          json.writeNumberField("code", code.code());
          json.writeStringField(
              "reason", detail.isEmpty() ? code.word() : code.word() + ": " + detail);
          json.writeBooleanField("reconnect", code.reconnect());
          if (code.reconnect()) {
            json.writeNumberField("retryAfter", retryAfterMillis);
          }
        });
  }

  /** The end of the backlog, with the session's position in each of its partitions. */
  public static byte[] synced(Collection<Position> at, boolean cut, boolean reset) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("op", "synced");
          json.writeArrayFieldStart("at");
          for (Position position : at) {
            json.writeString(position.toString());
          }
          json.writeEndArray();
          if (cut) {
            json.writeBooleanField("cut", true);
          }
          if (reset) {
            json.writeBooleanField("reset", true);
          }
        });
  }

  /** A change of a user's presence. */
  public static byte[] presence(String user, PresenceStatus status, long lastSeen) {
    return JsonBytes.object(
        json -> {
          json.writeStringField("op", "presence");
          writePresence(json, user, status, lastSeen);
        });
  }

  /** Writes the fields of one user's presence, the same in a push and in a reply. */
  public static void writePresence(
      JsonGenerator json, String user, PresenceStatus status, long lastSeen) throws IOException {
    json.writeStringField("user", user);
    json.writeStringField("status", status.wire());
    json.writeNumberField("lastSeen", lastSeen);
  }

  /** The server's ping on TCP. */
  public static byte[] ping() {
    return "{\"op\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The push of a record: its place and broker time, spliced in front of the unchanged value from
   * the log.
   *
   * @param stream the record's stream
   * @param partition its partition
   * @param offset its offset
   * @param time its broker time, ms
   * @param value its JSON value, an object with at least one field
   */
  public static byte[] push(Stream stream, int partition, long offset, long time, byte[] value) {
    byte[] prefix =
        ("{\"at\":\""
                + stream.wire()
                + '/'
                + partition
                + '/'
                + offset
                + "\",\"time\":"
                + time
                + ',')
            .getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[prefix.length + value.length - 1];
    System.arraycopy(prefix, 0, frame, 0, prefix.length);
    System.arraycopy(value, 1, frame, prefix.length, value.length - 1);
    return frame;
  }
}
