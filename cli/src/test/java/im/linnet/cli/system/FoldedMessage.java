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

  private final boolean step;
  private String content;
  private boolean edited;
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
    step = isStep(push);
    at = Position.parse(original.path("at").asText());
    time = original.path("time").asLong();
    content = push.path("content").asText();
    edited = push.path("edited").asLong(0) > 0;
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

  /** A message of history, as a screen of that user shows it. */
  static String textOf(JsonNode message, String user) {
    return text(
        message.path("content").asText(),
        message.path("edited").asLong(0) > 0,
        message.path("recalled").asBoolean(false),
        message.path("read").asBoolean(false) && !isOwnStep(message, user));
  }

  private static String text(String content, boolean edited, boolean recalled, boolean read) {
    String text = recalled ? "recalled[" + content + "]" : content + (edited ? " (edited)" : "");
    return text + (read ? " read" : "");
  }

  /** The place of one's own step is in one's own partition, so a mark of the other says nothing. */
  private static boolean isOwnStep(JsonNode message, String user) {
    return isStep(message) && message.path("from").asText().equals(user);
  }

  void edit(JsonNode push, long offset) {
    if (!recalled && offset > changedAt) {
      changedAt = offset;
      content = push.path("content").asText();
      edited = true;
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
    if (theirs && !(step && from.equals(user)) && covers(push, own)) {
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

  @Override
  public String toString() {
    return text(content, edited, recalled, read);
  }
}
