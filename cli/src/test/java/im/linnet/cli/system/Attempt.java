package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A request of one session, and its repeats by another session of the same user. */
final class Attempt {
  private final CommandLog.Id id;
  private final Talker by;
  private final Talker later;
  private final String op;
  private final List<Object> fields;
  private Talker.Request request;
  private JsonNode reply;

  /**
   * Asks for nothing yet.
   *
   * @param key what it is about: a topic, or a pair of users
   */
  Attempt(String key, Talker by, Talker later, String uuid, String op, List<Object> fields) {
    this.id = new CommandLog.Id(key, by.name(), uuid);
    this.by = by;
    this.later = later;
    this.op = op;
    this.fields = fields;
  }

  void begin() {
    request = by.begin(op, fields.toArray());
  }

  void end() {
    reply = by.answer(request);
  }

  /** The identity of its command. */
  CommandLog.Id id() {
    return id;
  }

  Talker by() {
    return by;
  }

  /** The code that it was told. */
  int code() {
    return reply.path("code").asInt(-1);
  }

  JsonNode data() {
    return reply.path("data");
  }

  /** The code that the repeat of another session is told. */
  int again() {
    List<Object> all = new ArrayList<>(fields);
    all.addAll(List.of("retry", true));
    return later.answer(later.begin(op, all.toArray())).path("code").asInt(-1);
  }

  @Override
  public String toString() {
    return op + fields + " of " + id.caller() + " -> " + reply;
  }
}
