package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message, under its recipient's key.
 *
 * @param kind its stream
 * @param uuid the sender's id for it; with {@code to} and {@code from} its identity for ever
 * @param from the sender
 * @param to the recipient: a user or a topic
 * @param token the type of the content: {@code text}, {@code image}, ... ({@code type} on the wire)
 * @param content the text
 */
public record MessageEvent(
    Stream kind, String uuid, String from, String to, String token, String content)
    implements InboxEvent {
  public static final String TYPE = "message";

  /** Its identity. */
  public MessageId identity() {
    return new MessageId(kind, to, uuid, from);
  }

  /** The same message with another text. */
  public MessageEvent withContent(String other) {
    return new MessageEvent(kind, uuid, from, to, token, other);
  }

  static MessageEvent read(EventFields fields, Stream stream) throws MalformedEventException {
    fields.requireFrame(TYPE, stream);
    String token = fields.optionalMessageType("type");
    if (token == null) {
      throw fields.problem("type", "is missing");
    }
    return new MessageEvent(
        stream,
        fields.id("uuid"),
        fields.user("from"),
        fields.user("to"),
        token,
        fields.unicode("content"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String owner() {
    return to;
  }

  @Override
  public String source() {
    return "/" + kind.wire() + "/" + from + "/" + to;
  }

  @Override
  public String id(String drawn) {
    return uuid;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("kind", kind.wire());
    json.writeStringField("uuid", uuid);
    json.writeStringField("from", from);
    json.writeStringField("to", to);
    json.writeStringField("type", token);
    json.writeStringField("content", content);
  }

  /** Duplicates are told by the headers, so they must name the identity that the value has. */
  @Override
  public @Nullable String misnamed(EventHeaders headers) {
    if (!isText(headers.id(), uuid)) {
      return "ce_id: is not the uuid of the value";
    }
    return isText(headers.source(), source())
        ? null
        : "ce_source: is not '" + source() + "', which the value names";
  }

  private static boolean isText(byte @Nullable [] header, String text) {
    return header != null && Arrays.equals(header, text.getBytes(StandardCharsets.UTF_8));
  }
}
