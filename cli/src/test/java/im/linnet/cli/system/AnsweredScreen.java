package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the server answers to all that a screen could ask, in the form of a folded screen. */
final class AnsweredScreen {
  /** A screen may know nothing of these; of all else it knows all. */
  private static final List<String> PARTS =
      List.of("readers of ", "last of ", "name ", "founder ", "members ");

  private final Talker talker;
  private final FoldedScreen screen;
  private final Map<String, String> answers = new TreeMap<>();
  private final Map<String, String> counted = new TreeMap<>();

  private AnsweredScreen(Talker talker, FoldedScreen screen) {
    this.talker = talker;
    this.screen = screen;
  }

  /**
   * The answers, without those that the screen cannot know.
   *
   * @param others all whom the user talks with
   */
  static Map<String, String> of(Talker talker, List<String> others, FoldedScreen screen) {
    AnsweredScreen asked = new AnsweredScreen(talker, screen);
    asked.ask(others);
    Map<String, String> known = screen.answers();
    asked.answers.keySet().removeIf(key -> isPart(key) && !known.containsKey(key));
    return asked.answers;
  }

  private static boolean isPart(String key) {
    return PARTS.stream().anyMatch(key::startsWith);
  }

  private void ask(List<String> others) {
    FoldedFriends.show(
        talker.does("friend.list").path("friends"),
        talker.does("friend.requests").path("requests"),
        answers);
    for (String other : others) {
      history("p2p", other, false);
      history("mutual", other, false);
    }
    for (JsonNode topic : talker.does("topic.list").path("topics")) {
      topic(topic);
    }
    conversations();
    unread();
  }

  private void topic(JsonNode topic) {
    String id = topic.path("topic").asText();
    put("in " + id, "");
    put("name " + id, topic.path("name").asText());
    put("founder " + id, topic.path("founder").asText());
    TreeSet<String> members = new TreeSet<>();
    for (JsonNode member : talker.does("topic.members", "topic", id).path("members")) {
      members.add(member.path("user").asText());
    }
    put("members " + id, members.toString());
    history("topic", id, topic.path("history").asBoolean());
  }

  /**
   * The whole history, as the screen would show it. Each line of it is in the order of the log, and
   * together they are in the order of time.
   *
   * @param more whether it also has what the user was not sent
   */
  private void history(String kind, String peer, boolean more) {
    Map<String, List<String>> lines = new TreeMap<>();
    List<Long> times = new ArrayList<>();
    String before = "";
    while (before != null) {
      JsonNode page =
          before.isEmpty()
              ? talker.does("history", "kind", kind, "peer", peer, "limit", 20)
              : talker.does("history", "kind", kind, "peer", peer, "limit", 20, "before", before);
      for (JsonNode message : page.path("messages")) {
        FoldedMessage told = FoldedMessage.ofHistory(message);
        times.add(-told.time);
        if (more && !screen.wasSent(peer, told.at.offset())) {
          continue;
        }
        String key = FoldedMessage.key(message);
        put(key, told.asAnsweredTo(talker.name()));
        lines.computeIfAbsent(told.line(), each -> new ArrayList<>()).add(told.uuid);
        if (message.has("readers")) {
          put("readers of " + key, message.path("readers").asText());
        }
      }
      before = page.path("next").asText(null);
    }
    lines.forEach((line, uuids) -> put("order of " + line, uuids.toString()));
    assertThat(times).as("%s with %s, newest first", kind, peer).isSorted();
  }

  /** Nothing is told twice. */
  private void put(String key, String answer) {
    assertThat(answers.put(key, answer)).as("%s was told before", key).isNull();
  }

  private void conversations() {
    List<Long> times = new ArrayList<>();
    String before = "";
    while (before != null) {
      JsonNode page =
          before.isEmpty()
              ? talker.does("conversations", "limit", 3)
              : talker.does("conversations", "limit", 3, "before", before);
      for (JsonNode each : page.path("conversations")) {
        String kind = each.path("kind").asText();
        String chat = kind + " " + each.path(kind.equals("p2p") ? "peer" : "topic").asText();
        put("unread " + chat, each.path("unread").asText());
        if (each.has("last")) {
          FoldedMessage last = FoldedMessage.ofHistory(each.path("last"));
          put("last of " + chat, last.asLastOf(talker.name()));
          times.add(-last.time);
        }
      }
      before = page.path("next").asText(null);
    }
    assertThat(times).as("newest first").isSorted();
  }

  /** The same counts as in the chat list, but for chats without unread messages. */
  private void unread() {
    JsonNode unread = talker.does("unread");
    long total = unread.path("mutual").asLong();
    for (JsonNode each : unread.path("p2p")) {
      counted.put("unread p2p " + each.path("peer").asText(), each.path("count").asText());
      total += each.path("count").asLong();
    }
    for (JsonNode each : unread.path("topic")) {
      counted.put("unread topic " + each.path("topic").asText(), each.path("count").asText());
      total += each.path("count").asLong();
    }
    Map<String, String> listed = new TreeMap<>(answers);
    listed.entrySet().removeIf(e -> !e.getKey().startsWith("unread ") || e.getValue().equals("0"));
    assertThat(counted).as("unread, as conversations lists it").isEqualTo(listed);
    assertThat(unread.path("total").asLong()).isEqualTo(total);
    put("unread mutual", unread.path("mutual").asText());
  }
}
