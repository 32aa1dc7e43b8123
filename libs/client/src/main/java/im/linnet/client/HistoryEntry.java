package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A message of a history, and its readers.
 *
 * @param message as it reads now
 * @param read whether the recipient has read it (p2p, mutual)
 * @param readers the number of members who have read it (topic)
 */
public record HistoryEntry(Message message, boolean read, int readers) {
  /** Reads an entry; null if a field is missing. */
  static @Nullable HistoryEntry read(JsonNode stored) {
    Message message = Message.read(stored);
    return message == null
        ? null
        : new HistoryEntry(
            message, stored.path("read").asBoolean(false), stored.path("readers").asInt(0));
  }
}
