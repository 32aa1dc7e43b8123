package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of this user's list.
 *
 * @param kind p2p or topic
 * @param peer the other user, or the topic
 * @param name the topic's name; empty for a user
 * @param last its last message as it reads now; null where this user sees none yet
 * @param unread the messages that this user has not read
 */
public record Conversation(
    Stream kind, String peer, String name, @Nullable HistoryEntry last, Unread.Count unread) {

  /** Reads a conversation; null for one of a kind that this client does not know. */
  static @Nullable Conversation read(JsonNode each) {
    Stream kind = Stream.ofWire(each.path("kind").asText(""));
    return kind == null
        ? null
        : new Conversation(
            kind,
            each.path(kind == Stream.TOPIC ? "topic" : "peer").asText(""),
            each.path("name").asText(""),
            HistoryEntry.read(each.path("last")),
            new Unread.Count(each.path("unread").asLong(0), each.path("more").asBoolean(false)));
  }
}
