package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import org.jspecify.annotations.Nullable;

/**
 * A message is durable in the log.
 *
 * @param uuid its id
 * @param at its place in the recipient's inbox, which is not a place of this session; null for a
 *     step between friends
 * @param timeMillis the broker's time
 */
public record Sent(String uuid, @Nullable Position at, long timeMillis) {
  static Sent read(ServerResponse response) {
    JsonNode data = response.data();
    return new Sent(
        data.path("uuid").asText(""),
        JsonValues.position(data.path("at")),
        data.path("time").asLong(0));
  }
}
