package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

  /** What was pushed. */
  void take(JsonNode frame) {
    if (frame.path("op").asText().equals("synced")) {
      frame.path("at").forEach(at -> saw(Position.parse(at.asText())));
      return;
    }
    if (!frame.has("op") || !frame.has("at")) {
      return;
    }
    saw(Position.parse(frame.path("at").asText()));
    JsonNode original = frame.has("of") ? frame.path("of") : frame;
    Position at = Position.parse(original.path("at").asText());
    switch (frame.path("op").asText()) {
      case "message" -> message(frame, original);
      case "edit" -> {
        FoldedMessage message = messages.get(FoldedMessage.key(frame));
        if (message != null) {
          message.edit(frame, at.offset());
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
  }

  private void saw(Position at) {
    places.merge(at.place(), at, (one, other) -> one.offset() > other.offset() ? one : other);
  }

  private void message(JsonNode frame, JsonNode original) {
    boolean first =
        messages.putIfAbsent(FoldedMessage.key(frame), new FoldedMessage(frame, original)) == null;
    if (first && FoldedMessage.isStep(frame)) {
      friends.take(frame);
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
    int mutual = 0;
    for (Map.Entry<String, FoldedMessage> entry : messages.entrySet()) {
      FoldedMessage message = entry.getValue();
      FoldedTopic topic = message.kind.equals("topic") ? topics.get(message.to) : null;
      if (topic != null && !topic.isMember()) {
        continue;
      }
      answers.put(entry.getKey(), message.toString());
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

  /** The newest by the broker's time, if the times tell. */
  private static void last(
      String chat, Collection<FoldedMessage> messages, Map<String, String> answers) {
    long newest = messages.stream().mapToLong(message -> message.time).max().orElse(-1);
    List<FoldedMessage> last = messages.stream().filter(each -> each.time == newest).toList();
    if (last.size() == 1) {
      answers.put("last of " + chat, last.getFirst().uuid);
    }
  }

  private static String count(long messages) {
    return Long.toString(messages);
  }
}
