package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client shows of the pushes that it got, by the rules of the protocol. One thread. */
final class FoldedScreen {
  /** A message as it stands on the screen. */
  static final class Shown {
    private final Position at;
    private String content;
    private boolean edited;
    private boolean recalled;
    private boolean read;
    private long changedAt = -1;

    private Shown(Position at, JsonNode push) {
      this.at = at;
      this.content = push.path("content").asText();
      this.edited = push.path("edited").asLong(0) > 0;
      this.recalled = push.path("recalled").asBoolean(false);
    }

    @Override
    public String toString() {
      return text(content, edited, recalled, read);
    }
  }

  private final String user;
  private final Map<String, Shown> messages = new TreeMap<>();
  private final Map<StreamPartition, Position> places = new HashMap<>();

  FoldedScreen(String user) {
    this.user = user;
  }

  /** Each message by sender, recipient and uuid, as text. */
  Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    messages.forEach((key, message) -> shown.put(key, message.toString()));
    return shown;
  }

  /** The places to resume from. */
  List<Position> places() {
    return new ArrayList<>(places.values());
  }

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
      case "message" -> messages.putIfAbsent(key(frame), new Shown(at, frame));
      case "edit" -> edit(frame, at);
      case "recall" -> recall(frame);
      case "read" -> read(frame);
      default -> throw new AssertionError("no such push is expected: " + frame);
    }
  }

  private void saw(Position at) {
    if (at.offset() >= 0) {
      places.merge(at.place(), at, (one, other) -> one.offset() > other.offset() ? one : other);
    }
  }

  /** A message of history, as it would be shown. */
  static String textOf(JsonNode message) {
    return text(
        message.path("content").asText(),
        message.path("edited").asLong(0) > 0,
        message.path("recalled").asBoolean(false),
        message.path("read").asBoolean());
  }

  private static String text(String content, boolean edited, boolean recalled, boolean read) {
    String text = recalled ? "recalled[" + content + "]" : content + (edited ? " (edited)" : "");
    return text + (read ? " read" : "");
  }

  static String key(JsonNode frame) {
    return frame.path("from").asText()
        + " to "
        + frame.path("to").asText()
        + " "
        + frame.path("uuid").asText();
  }

  private void edit(JsonNode frame, Position at) {
    Shown message = messages.get(key(frame));
    if (message != null && !message.recalled && at.offset() > message.changedAt) {
      message.changedAt = at.offset();
      message.content = frame.path("content").asText();
      message.edited = true;
    }
  }

  private void recall(JsonNode frame) {
    Shown message = messages.get(key(frame));
    if (message != null) {
      message.recalled = true;
      message.content = "";
    }
  }

  /** The user's own mark, or the notice that somebody has read what the user sent. */
  private void read(JsonNode frame) {
    String reader = frame.path("reader").asText();
    String sender = frame.path("peer").asText();
    if (!reader.equals(user) && !sender.equals(user)) {
      throw new AssertionError("a mark of others: " + frame);
    }
    Position upTo = frame.has("upTo") ? Position.parse(frame.path("upTo").asText()) : null;
    List<String> uuids = new ArrayList<>();
    frame.path("uuids").forEach(uuid -> uuids.add(uuid.asText()));
    messages.forEach(
        (key, message) -> {
          boolean named =
              upTo == null
                  ? uuids.contains(key.substring(key.lastIndexOf(' ') + 1))
                  : message.at.offset() <= upTo.offset();
          if (named && key.startsWith(sender + " to " + reader + " ")) {
            message.read = true;
          }
        });
  }
}
