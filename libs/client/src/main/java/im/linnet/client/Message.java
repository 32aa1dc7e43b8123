package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A message as it reached this session. {@code (kind, sender, to, uuid)} is its identity for ever.
 *
 * @param content the text, empty if it was recalled
 * @param sender the user who sent it
 * @param type {@code text} or another short token
 * @param kind its stream
 * @param to the recipient: a user, or a topic
 * @param uuid the sender's id for it
 * @param at its place in this user's inbox
 * @param timeMillis the broker's time
 * @param of the place in the recipient's inbox of an own message from another device; null for a
 *     message of another user
 * @param editedMillis the time of the last edit, epoch ms, 0 for never
 * @param recalled whether it was recalled
 */
public record Message(
    String content,
    String sender,
    String type,
    Stream kind,
    String to,
    String uuid,
    Position at,
    long timeMillis,
    @Nullable Original of,
    long editedMillis,
    boolean recalled) {

  /** Reads a message of a push or a history; null if a field is missing. */
  static @Nullable Message read(JsonNode frame) {
    Stream kind = Stream.ofWire(frame.path("kind").asText(""));
    Position at = JsonValues.position(frame.path("at"));
    String from = JsonValues.text(frame, "from");
    String to = JsonValues.text(frame, "to");
    String uuid = JsonValues.text(frame, "uuid");
    if (kind == null || at == null || from == null || to == null || uuid == null) {
      return null;
    }
    JsonNode of = frame.path("of");
    Position originalAt = JsonValues.position(of.path("at"));
    return new Message(
        frame.path("content").asText(""),
        from,
        frame.path("type").asText(Draft.TEXT),
        kind,
        to,
        uuid,
        at,
        frame.path("time").asLong(0),
        originalAt == null ? null : new Original(originalAt, of.path("time").asLong(0)),
        frame.path("edited").asLong(0),
        frame.path("recalled").asBoolean(false));
  }

  /** This message after its recall. */
  Message asRecalled() {
    return new Message("", sender, type, kind, to, uuid, at, timeMillis, of, 0, true);
  }

  /** Its identity. */
  public MessageId identity() {
    return new MessageId(kind, to, uuid, sender);
  }

  /**
   * The record that a copy repeats.
   *
   * @param at its place
   * @param timeMillis its broker time
   */
  public record Original(Position at, long timeMillis) {}
}
