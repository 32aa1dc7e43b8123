package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.records.TopicSummary;
import java.io.IOException;

/** A topic as replies tell it. */
final class TopicText {
  private TopicText() {}

  /** Writes the fields of a topic. */
  static void write(JsonGenerator json, TopicSummary topic) throws IOException {
    json.writeStringField("topic", topic.topic());
    json.writeStringField("name", topic.name());
    json.writeStringField("founder", topic.founder());
    json.writeStringField("join", topic.join().wire());
    json.writeBooleanField("history", topic.history());
    json.writeNumberField("members", topic.members());
    json.writeNumberField("time", topic.time());
  }
}
