package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.document.PresenceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The presence of a user.
 *
 * @param userId the user
 * @param status the status now
 * @param lastSeenMillis the time when the user was last online, epoch ms, 0 for never
 */
public record Presence(String userId, PresenceStatus status, long lastSeenMillis) {
  /** Reads a status; null if a field is missing, or the status is unknown. */
  static @Nullable Presence read(JsonNode frame) {
    String user = JsonValues.text(frame, "user");
    PresenceStatus status = PresenceStatus.ofWire(frame.path("status").asText(""));
    return user == null || status == null
        ? null
        : new Presence(user, status, frame.path("lastSeen").asLong(0));
  }

  /** Reads the statuses of a reply. */
  static List<Presence> all(ServerResponse response) {
    return JsonValues.list(response.data().path("presence"), Presence::read);
  }
}
