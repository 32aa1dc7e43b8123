package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import java.io.IOException;

/**
 * A user is writing a message.
 *
 * @param kind the stream of the message
 * @param from the user who writes
 * @param to the recipient: a user, or a topic
 */
public record TypingEvent(Stream kind, String from, String to) implements SignalEvent {
  public static final String TYPE = "typing";

  static TypingEvent read(EventFields fields) throws MalformedEventException {
    fields.requireOp(TYPE);
    return new TypingEvent(fields.kind(), fields.user("from"), fields.user("to"));
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
    return "/" + kind.wire() + "/" + from + "/" + to + "/typing";
  }

  @Override
  public String id(String drawn) {
    return drawn;
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", TYPE);
    json.writeStringField("kind", kind.wire());
    json.writeStringField("from", from);
    json.writeStringField("to", to);
  }
}
