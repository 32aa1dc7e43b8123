package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The identity of a message. A sender's client that uses one again later, without {@code retry},
 * sends another message; then the identity means the newest one.
 *
 * @param kind the message's stream
 * @param to its recipient
 * @param uuid its sender's id for it
 * @param from its sender
 */
public record MessageId(Stream kind, String to, String uuid, String from) {
  static MessageId read(EventFields fields, Stream stream) throws MalformedEventException {
    return new MessageId(stream, fields.user("to"), fields.id("uuid"), fields.user("from"));
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("kind", kind.wire());
    json.writeStringField("uuid", uuid);
    json.writeStringField("from", from);
    json.writeStringField("to", to);
  }

  /** The {@code ce_source} of the message; those of its copies and changes begin with it. */
  String source() {
    return "/" + kind.wire() + "/" + from + "/" + to;
  }

  /** The partition in which the message stands. */
  int home(TopicCatalogue catalogue) {
    return catalogue.partition(kind, to.getBytes(StandardCharsets.UTF_8));
  }
}
