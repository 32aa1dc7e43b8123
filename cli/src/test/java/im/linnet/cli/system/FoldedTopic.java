package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A topic as a screen knows it from the pushes alone. Who comes to a topic later does not know its
 * name, its founder and its other members until a push tells. One thread.
 */
final class FoldedTopic {
  private final String user;

  /** When each was in: the offsets of the facts, in turn in and out. */
  private final Map<String, List<Long>> spans = new HashMap<>();

  private final Map<String, Long> marks = new TreeMap<>();
  private @Nullable String name;
  private @Nullable String founder;
  private boolean history;
  private boolean knownFromTheStart;

  FoldedTopic(String user) {
    this.user = user;
  }

  void fact(JsonNode push, long offset) {
    List<String> named = new ArrayList<>();
    push.path("members").forEach(member -> named.add(member.asText()));
    switch (push.path("event").asText()) {
      case "created" -> {
        name = push.path("name").asText();
        founder = named.getFirst();
        history = push.path("history").asBoolean(false);
        knownFromTheStart = true;
        letIn(named, offset);
      }
      case "joined" -> {
        if (named.contains(user) && !isMember()) {
          forget();
        }
        letIn(named, offset);
      }
      case "left", "kicked" -> letOut(named, offset);
      case "disbanded" -> letOut(List.copyOf(spans.keySet()), offset);
      case "renamed" -> name = push.path("name").asText();
      case "transferred" -> founder = named.getFirst();
      default -> throw new AssertionError("no such fact is expected: " + push);
    }
  }

  private void letIn(Collection<String> members, long offset) {
    for (String member : members) {
      if (!isMember(member)) {
        spans.computeIfAbsent(member, each -> new ArrayList<>()).add(offset);
      }
    }
  }

  private void letOut(Collection<String> members, long offset) {
    for (String member : members) {
      if (isMember(member)) {
        spans.get(member).add(offset);
      }
    }
  }

  /** What a user who was away from the topic knew of it may be old. */
  private void forget() {
    name = null;
    founder = null;
    knownFromTheStart = false;
    spans.keySet().retainAll(List.of(user));
  }

  private boolean isMember(String member) {
    return spans.getOrDefault(member, List.of()).size() % 2 == 1;
  }

  /** Whether the screen's user is in it. */
  boolean isMember() {
    return isMember(user);
  }

  /** Whether that user was in it at that offset. */
  private boolean wasMember(String member, long offset) {
    List<Long> bounds = spans.getOrDefault(member, List.of());
    for (int i = 0; i < bounds.size(); i += 2) {
      if (bounds.get(i) <= offset && (i + 1 == bounds.size() || offset <= bounds.get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the screen's user is sent what stands at that offset. */
  boolean isSent(long offset) {
    return wasMember(user, offset);
  }

  /**
   * A mark of a reader.
   *
   * @param messages those of the topic that the screen shows
   * @param own the place of the mark itself
   */
  void mark(JsonNode push, Collection<FoldedMessage> messages, Position own) {
    long upTo = -1;
    if (push.has("upTo")) {
      upTo = Position.parse(push.path("upTo").asText()).offset();
    }
    for (JsonNode uuid : push.path("uuids")) {
      for (FoldedMessage message : messages) {
        if (message.uuid.equals(uuid.asText())) {
          upTo = Math.max(upTo, message.at.offset());
        }
      }
    }
    marks.merge(push.path("reader").asText(), Math.min(upTo, own.offset() - 1), Math::max);
  }

  /** How many have read a message; null where the screen cannot know of all. */
  @Nullable Integer readers(FoldedMessage message) {
    if (!knownFromTheStart) {
      return null;
    }
    int count = 0;
    for (Map.Entry<String, Long> mark : marks.entrySet()) {
      boolean reads = mark.getValue() >= message.at.offset() && !mark.getKey().equals(message.from);
      if (reads && (history || wasMember(mark.getKey(), message.at.offset()))) {
        count++;
      }
    }
    return count;
  }

  /** Whether a message of another waits for the screen's user, who is a member. */
  boolean isUnread(FoldedMessage message) {
    long above = Math.max(marks.getOrDefault(user, -1L), spans.get(user).getLast());
    return !message.from.equals(user) && message.at.offset() > above;
  }

  /** Whether the screen has seen a message since the user came in, the last time. */
  boolean isOfLastStay(FoldedMessage message) {
    return message.at.offset() > spans.get(user).getLast();
  }

  /** All that the screen knows of it, for comparison with another screen. */
  @Override
  public String toString() {
    return "name=%s founder=%s spans=%s marks=%s"
        .formatted(name, founder, new TreeMap<>(spans), marks);
  }

  /** What a server would answer about it, as far as the screen knows. */
  void answers(String topic, Map<String, String> answers) {
    answers.put("in " + topic, "");
    if (name != null) {
      answers.put("name " + topic, name);
    }
    if (founder != null) {
      answers.put("founder " + topic, founder);
    }
    if (knownFromTheStart) {
      TreeSet<String> members = new TreeSet<>(spans.keySet());
      members.removeIf(member -> !isMember(member));
      answers.put("members " + topic, members.toString());
    }
  }
}
