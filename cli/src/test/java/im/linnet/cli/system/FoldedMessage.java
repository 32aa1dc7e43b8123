package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;

/** A message as it stands on a screen. One thread. */
final class FoldedMessage {
  private static final String STEP = "_friend";

  final String kind;
  final String from;
  final String to;
  final String uuid;
  final long time;

  /** In the recipient's partition, or the topic's; a copy names it. */
  final Position at;

  private final String type;
  private final boolean step;
  private String content;

  /** The time of the last edit; 0 without one. */
  private long edited;

  private boolean recalled;
  private boolean read;
  private long changedAt = -1;

  /**
   * @param original the place and the time of the message itself
   */
  FoldedMessage(JsonNode push, JsonNode original) {
    kind = push.path("kind").asText();
    from = push.path("from").asText();
    to = push.path("to").asText();
    uuid = push.path("uuid").asText();
    type = push.path("type").asText();
    step = isStep(push);
    at = Position.parse(original.path("at").asText());
    time = original.path("time").asLong();
    content = push.path("content").asText();
    edited = push.path("edited").asLong(0);
    recalled = push.path("recalled").asBoolean(false);
  }

  /** What names a message, in a push of it, of its change, and in history. */
  static String key(JsonNode frame) {
    return "message %s %s to %s %s"
        .formatted(
            frame.path("kind").asText(),
            frame.path("from").asText(),
            frame.path("to").asText(),
            frame.path("uuid").asText());
  }

  /** Whether it is a step between friends. */
  static boolean isStep(JsonNode message) {
    return message.path("kind").asText().equals("mutual")
        && message.path("type").asText().endsWith(STEP);
  }

  /** A message of history. */
  static FoldedMessage ofHistory(JsonNode message) {
    FoldedMessage told = new FoldedMessage(message, message);
    told.read = message.path("read").asBoolean(false);
    return told;
  }

  /**
   * As a server's answer would show it. It tells of one's own step the place, the time and the mark
   * of the other's copy, which a screen does not know.
   */
  String asAnsweredTo(String user) {
    return isOwnStepOf(user) ? type + " " + text() : toString();
  }

  /** As a chat list would show it. */
  String asLastOf(String user) {
    return uuid + " " + asAnsweredTo(user);
  }

  /** What is in one order with it, that of the places: all of a topic, or of one way. */
  String line() {
    return kind.equals("topic") ? "topic " + to : kind + (step ? " steps " : " ") + from + " " + to;
  }

  private String text() {
    if (recalled) {
      return "recalled[" + content + "]";
    }
    return edited > 0 ? content + " (edited " + edited + ")" : content;
  }

  private boolean isOwnStepOf(String user) {
    return step && from.equals(user);
  }

  /**
   * Another text.
   *
   * @param original the place and the time of the change itself
   */
  void edit(JsonNode push, JsonNode original) {
    long offset = Position.parse(original.path("at").asText()).offset();
    if (!recalled && offset > changedAt) {
      changedAt = offset;
      content = push.path("content").asText();
      edited = original.path("time").asLong();
    }
  }

  void recall() {
    recalled = true;
    content = "";
  }

  /**
   * A mark of a reader on the messages of a peer.
   *
   * @param own the place of the mark itself
   */
  void mark(JsonNode push, Position own, String user) {
    boolean theirs =
        push.path("kind").asText().equals(kind)
            && push.path("reader").asText().equals(to)
            && push.path("peer").asText().equals(from);
    if (theirs && !isOwnStepOf(user) && covers(push, own)) {
      read = true;
    }
  }

  /** Whether a mark is about this message, one of the reader's. */
  private boolean covers(JsonNode push, Position own) {
    if (push.has("upTo")) {
      Position upTo = Position.parse(push.path("upTo").asText());
      return at.offset() <= upTo.offset() && at.offset() < own.offset();
    }
    for (JsonNode named : push.path("uuids")) {
      if (named.asText().equals(uuid)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it waits for the user to read it; not of a topic. */
  boolean isUnreadBy(String user) {
    return to.equals(user) && !from.equals(user) && !read;
  }

  /** All that a screen shows of it. */
  @Override
  public String toString() {
    return type + " at " + at + " of " + time + ": " + text() + (read ? " read" : "");
  }
}
