package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one user was pushed of others. The user's lock guards it. */
final class SeenPushes {
  private final String user;
  private final Map<String, Delivery> messages = new LinkedHashMap<>();
  private final Map<String, Notice> notices = new HashMap<>();
  private final Map<String, Notice> marks = new HashMap<>();
  private final Map<String, JsonNode> facts = new HashMap<>();

  SeenPushes(String user) {
    this.user = user;
  }

  /** Takes a message of somebody else; false where it came before. */
  boolean message(JsonNode push) {
    return messages.putIfAbsent(push.path("uuid").asText(), Delivery.of(push)) == null;
  }

  /** Takes the mark of a reader in a topic, or the notice to a sender; one's own says nothing. */
  void read(JsonNode push) {
    String at = push.path("at").asText();
    if (push.has("of")) {
      notices.put(at, Notice.of(push));
    } else if (push.path("kind").asText().equals("topic")
        && !push.path("reader").asText().equals(user)) {
      marks.put(at, new Notice(push.path("reader").asText(), push.path("upTo").asText(), at));
    }
  }

  /** Takes a fact about a topic. */
  void fact(JsonNode push) {
    ObjectNode value = push.deepCopy();
    value.remove(List.of("at", "time"));
    facts.put(push.path("at").asText(), value);
  }

  /** Messages by uuid, in their order. */
  Map<String, Delivery> messages() {
    return messages;
  }

  /** What differs from what the log says that the user is told. */
  List<String> differences(LogModel log) {
    String who = "on the screen of " + user + ",";
    List<String> lines = Differences.of(who, log.messagesTo(user), messages);
    lines.addAll(Differences.of(who, log.noticesTo(user), notices));
    lines.addAll(Differences.of(who, log.topicMarksTo(user), marks));
    Map<String, JsonNode> expected = new HashMap<>(log.factsTo(user));
    // The session that asked is answered instead; one that comes after it may be told.
    expected
        .entrySet()
        .removeIf(each -> isOwn(each.getValue()) && !facts.containsKey(each.getKey()));
    lines.addAll(Differences.of(who, expected, facts));
    return lines;
  }

  private boolean isOwn(JsonNode fact) {
    return fact.path("by").asText().equals(user);
  }

  /** Who was said to have read what, by the places of these notices. */
  Map<String, Notice> notices() {
    return notices;
  }
}
