package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a client shows of the pushes that it got, by the rules of the protocol. One thread. */
final class FoldedScreen {
  private final String user;
  private final Map<String, FoldedMessage> messages = new TreeMap<>();
  private final Map<String, FoldedTopic> topics = new TreeMap<>();
  private final FoldedFriends friends;
  private final Map<StreamPartition, Position> places = new HashMap<>();

  /** The messages of this session's own that were not pushed yet: each may come once. */
  private final Set<String> ownHere = new HashSet<>();

  private final List<String> copiesAgain = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  FoldedScreen(String user) {
    this.user = user;
    this.friends = new FoldedFriends(user);
  }

  /** The places to resume from. */
  List<String> places() {
    return places.values().stream().map(Position::toString).toList();
  }

  /** The keys of the messages that it shows. */
  Set<String> messageKeys() {
    return messages.keySet();
  }

  /** All that the protocol forbids and that happened. */
  List<String> violations() {
    return violations;
  }

  /** The keys of own messages whose copy came again, as it may where a send was repeated. */
  List<String> copiesAgain() {
    return copiesAgain;
  }

  /** What was pushed. */
  void take(JsonNode frame) {
    if (frame.path("op").asText().equals("synced")) {
      synced(frame);
      return;
    }
    if (!frame.has("op") || !frame.has("at")) {
      return;
    }
    Position own = Position.parse(frame.path("at").asText());
    if (own.offset() <= saw(own)) {
      violations.add("not after what came before: " + frame);
    }
    JsonNode original = frame.has("of") ? frame.path("of") : frame;
    Position at = Position.parse(original.path("at").asText());
    switch (frame.path("op").asText()) {
      case "message" -> message(frame, original);
      case "edit" -> {
        FoldedMessage message = messages.get(FoldedMessage.key(frame));
        if (message != null) {
          message.edit(frame, original);
        }
      }
      case "recall" -> {
        FoldedMessage message = messages.get(FoldedMessage.key(frame));
        if (message != null) {
          message.recall();
        }
      }
      case "read" -> read(frame, at);
      case "topic" ->
          topics
              .computeIfAbsent(frame.path("topic").asText(), each -> new FoldedTopic(user))
              .fact(frame, at.offset());
      default -> throw new AssertionError("no such push is expected: " + frame);
    }
  }

  /**
   * A message that this session sent, as it would have been pushed. The reply's place is the
   * recipient's, so it is nothing to resume from.
   */
  void sent(JsonNode message) {
    message(message, message);
    ownHere.add(FoldedMessage.key(message));
  }

  private void synced(JsonNode frame) {
    for (JsonNode at : frame.path("at")) {
      Position last = Position.parse(at.asText());
      if (last.offset() < saw(last)) {
        violations.add("before what came: " + frame);
      }
    }
    if (frame.has("cut")) {
      violations.add("only a part came: " + frame);
    }
  }

  /** Returns the last offset of that partition that came before; that of nothing is -2. */
  private long saw(Position at) {
    Position before = places.get(at.place());
    if (before == null || before.offset() < at.offset()) {
      places.put(at.place(), at);
    }
    return before == null ? -2 : before.offset();
  }

  private void message(JsonNode frame, JsonNode original) {
    String key = FoldedMessage.key(frame);
    FoldedMessage message = new FoldedMessage(frame, original);
    FoldedMessage first = messages.putIfAbsent(key, message);
    if (first == null) {
      if (FoldedMessage.isStep(frame)) {
        friends.take(frame);
      }
    } else if (!first.at.equals(message.at) || first.time != message.time) {
      violations.add("first " + first + ", then " + frame);
    } else if (!ownHere.remove(key)) {
      (frame.has("of") ? copiesAgain : violations).add(key);
    }
  }

  /** The user's own mark, the notice that somebody has read what the user sent, or a member's. */
  private void read(JsonNode frame, Position own) {
    String peer = frame.path("peer").asText();
    if (frame.path("kind").asText().equals("topic")) {
      FoldedTopic topic = topics.get(peer);
      if (topic == null) {
        throw new AssertionError("a mark in a topic that the user never was in: " + frame);
      }
      topic.mark(frame, ofTopic(peer), own);
      return;
    }
    if (!frame.path("reader").asText().equals(user) && !peer.equals(user)) {
      throw new AssertionError("a mark of others: " + frame);
    }
    messages.values().forEach(message -> message.mark(frame, own, user));
  }

  private Collection<FoldedMessage> ofTopic(String topic) {
    List<FoldedMessage> found = new ArrayList<>(messages.values());
    found.removeIf(message -> !message.kind.equals("topic") || !message.to.equals(topic));
    return found;
  }

  /** Everything on the screen, for comparison with another one. */
  Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    messages.forEach((key, message) -> shown.put(key, message.toString()));
    topics.forEach((id, topic) -> shown.put("topic " + id, topic.toString()));
    friends.show(shown);
    return shown;
  }

  /** Whether it knows that the user was sent what stands at that offset of the topic. */
  boolean wasSent(String topic, long offset) {
    FoldedTopic known = topics.get(topic);
    return known != null && known.isSent(offset);
  }

  /** What a server would answer, in the form of {@link AnsweredScreen}, as far as it knows. */
  Map<String, String> answers() {
    Map<String, String> answers = new TreeMap<>();
    friends.show(answers);
    Map<String, List<FoldedMessage>> chats = new TreeMap<>();
    Map<String, List<FoldedMessage>> ordered = new TreeMap<>();
    int mutual = 0;
    for (Map.Entry<String, FoldedMessage> entry : messages.entrySet()) {
      FoldedMessage message = entry.getValue();
      FoldedTopic topic = message.kind.equals("topic") ? topics.get(message.to) : null;
      if (topic != null && !topic.isMember()) {
        continue;
      }
      answers.put(entry.getKey(), message.asAnsweredTo(user));
      ordered.computeIfAbsent(message.line(), each -> new ArrayList<>()).add(message);
      Integer readers = topic == null ? null : topic.readers(message);
      if (readers != null) {
        answers.put("readers of " + entry.getKey(), readers.toString());
      }
      mutual += message.kind.equals("mutual") && message.isUnreadBy(user) ? 1 : 0;
      if (message.kind.equals("p2p")) {
        String peer = message.from.equals(user) ? message.to : message.from;
        chats.computeIfAbsent("p2p " + peer, each -> new ArrayList<>()).add(message);
      }
    }
    ordered.forEach((line, all) -> answers.put("order of " + line, newestFirst(all)));
    answers.put("unread mutual", Integer.toString(mutual));
    chats.forEach(
        (chat, all) -> {
          answers.put(
              "unread " + chat, count(all.stream().filter(m -> m.isUnreadBy(user)).count()));
          last(chat, all, answers);
        });
    topics.forEach((id, topic) -> answers(id, topic, answers));
    return answers;
  }

  private void answers(String id, FoldedTopic topic, Map<String, String> answers) {
    if (topic.isMember()) {
      Collection<FoldedMessage> all = ofTopic(id);
      answers.put("unread topic " + id, count(all.stream().filter(topic::isUnread).count()));
      topic.answers(id, answers);
      List<FoldedMessage> newest = new ArrayList<>(all);
      newest.removeIf(message -> !topic.isOfLastStay(message));
      last("topic " + id, newest, answers);
    }
  }

  private static String newestFirst(List<FoldedMessage> messages) {
    messages.sort(Comparator.comparingLong(message -> -message.at.offset()));
    return messages.stream().map(message -> message.uuid).toList().toString();
  }

  /** The newest by the broker's time, if the times tell. */
  private void last(String chat, Collection<FoldedMessage> messages, Map<String, String> answers) {
    long newest = messages.stream().mapToLong(message -> message.time).max().orElse(-1);
    List<FoldedMessage> last = messages.stream().filter(each -> each.time == newest).toList();
    if (last.size() == 1) {
      answers.put("last of " + chat, last.getFirst().asLastOf(user));
    }
  }

  private static String count(long messages) {
    return Long.toString(messages);
  }
}
