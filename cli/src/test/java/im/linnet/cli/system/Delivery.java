package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as its recipient is to see it.
 *
 * @param at its place, as pushes name it
 * @param time the broker's, ms
 */
record Delivery(String at, long time, String from, String to, String type, String content) {
  /** As a push shows it. */
  static Delivery of(JsonNode push) {
    return of(push.path("at").asText(), push.path("time").asLong(), push, push.path("to").asText());
  }

  /** As the log has it, under the key of that recipient. */
  static Delivery of(LogEntry record, String to) {
    return of(record.at(), record.time(), record.value(), to);
  }

  private static Delivery of(String at, long time, JsonNode value, String to) {
    return new Delivery(
        at,
        time,
        value.path("from").asText(),
        to,
        value.path("type").asText(),
        value.path("content").asText());
  }

  /** What kind of message it is: the stream that its place names. */
  String kind() {
    return at.substring(0, at.indexOf('/'));
  }
}
