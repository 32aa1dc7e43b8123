package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A request for friendship.
 *
 * @param userId the user who was asked
 * @param reqUserId the user who asked
 * @param reqMessage the text of the request; may be empty
 * @param status the answer so far
 * @param timeSeconds the time of the request, epoch seconds
 * @param uuid the id of the message that asked
 * @param cut whether {@code reqMessage} is only the beginning of the text; the {@code add_friend}
 *     message in the history has all of it
 */
public record FriendRequest(
    String userId,
    String reqUserId,
    String reqMessage,
    Status status,
    long timeSeconds,
    String uuid,
    boolean cut) {

  /** The answer to a request; the order is that of the numbers on the wire. */
  public enum Status {
    /** It waits for an answer. */
    PENDING,
    /** The two are friends by it. */
    ACCEPTED,
    /** It was refused; it may be made again. */
    REJECTED
  }

  /** Reads a request; null for one of a status that this client does not know. */
  static @Nullable FriendRequest read(JsonNode request) {
    int status = request.path("status").asInt(-1);
    return status < 0 || status >= Status.values().length
        ? null
        : new FriendRequest(
            request.path("user").asText(""),
            request.path("reqUser").asText(""),
            request.path("reqMessage").asText(""),
            Status.values()[status],
            request.path("time").asLong(0),
            request.path("uuid").asText(""),
            request.path("cut").asBoolean(false));
  }
}
