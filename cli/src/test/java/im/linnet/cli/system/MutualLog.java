package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a user is to be pushed of the mutual stream, by a reading of the log that shares no code
 * with the product: all that stands under the user's name. It is in one partition. Steps between
 * friends are written in transactions, whose ends take places that nothing is pushed of.
 */
final class MutualLog {
  private static final List<String> NOT_PUSHED = List.of("verdict", "blocked", "unblocked");
  private static final List<String> FIELDS =
      List.of("op", "kind", "type", "from", "to", "uuid", "reader", "peer", "upTo", "uuids", "of");

  private final Set<String> identities = new HashSet<>();
  private final Map<String, String> copies = new HashMap<>();
  private final List<String> pushes = new ArrayList<>();

  private MutualLog() {}

  /** The pushes to a session of the user that never asked for anything, in their order. */
  static List<String> pushesTo(String user, String bootstrap) throws IOException {
    MutualLog log = new MutualLog();
    LogEntry.forEach(
        bootstrap,
        List.of("mutual"),
        record -> {
          if (user.equals(record.key()) && !NOT_PUSHED.contains(record.type())) {
            log.record(record);
          }
        });
    return log.pushes;
  }

  /** The pushes of the stream among those that came, in their order. */
  static List<String> of(List<JsonNode> came) {
    MutualLog log = new MutualLog();
    for (JsonNode push : came) {
      String at = push.path("at").asText();
      if (at.startsWith("mutual/")) {
        log.add(at, push.path("time").asLong(), push);
      }
    }
    return log.pushes;
  }

  /** A message that was repeated counts once. */
  private void record(LogEntry record) {
    boolean message = record.type().equals("message");
    if (!message || identities.add(record.text("from") + " " + record.text("uuid"))) {
      add(record.at(), record.time(), record.value());
    }
  }

  /**
   * A record, or its push. The copy of one's own message may come again where its send was
   * repeated. The text is left out: a resume brings a message as it is now.
   */
  private void add(String at, long time, JsonNode value) {
    boolean copy = value.path("op").asText().equals("message") && value.has("of");
    String first = copy ? copies.putIfAbsent(value.path("uuid").asText(), at) : null;
    if (first == null || first.equals(at)) {
      Map<String, String> fields = new TreeMap<>();
      FIELDS.forEach(field -> fields.put(field, value.path(field).toString()));
      pushes.add(at + " of " + time + " " + fields);
    }
  }
}
