package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * The command that a {@link TopicFact} came from.
 *
 * @param topic the topic
 * @param by the user who asked
 * @param uuid the command's id, which the caller chose
 */
public record TopicAct(String topic, String by, String uuid) {
  /** The frame in which all facts are pushed. */
  static final String OP = "topic";

  static TopicAct read(EventFields fields, String type) throws MalformedEventException {
    if (!fields.text("op").equals(OP)) {
      throw fields.problem("op", "is not " + OP + ", which the type asks for");
    }
    if (!fields.text("event").equals(type)) {
      throw fields.problem("event", "is not " + type + ", the record's type");
    }
    return new TopicAct(fields.user("topic"), fields.user("by"), fields.id("uuid"));
  }

  void write(JsonGenerator json, String type) throws IOException {
    json.writeStringField("op", OP);
    json.writeStringField("event", type);
    json.writeStringField("topic", topic);
    json.writeStringField("by", by);
    json.writeStringField("uuid", uuid);
  }
}
