package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame from the server, read as far as the session's logic needs it. */
sealed interface ServerFrame {
  /** The answer to the request of that id; without an id, the answer to a request without an id. */
  record Reply(@Nullable String id, ServerResponse response) implements ServerFrame {}

  /** The server's last frame. */
  record Close(int code, String reason, long retryAfterMillis) implements ServerFrame {}

  /** The server asks whether we are there. */
  record Ping() implements ServerFrame {}

  /** The end of the backlog. */
  record Synced(List<Position> at, boolean cut, boolean reset) implements ServerFrame {}

  /** A message; its event holds its place. */
  record MessagePush(Message message) implements ServerFrame {}

  /** Any other push, with its place if it has one. */
  record Push(@Nullable Position at, ClientEvent event) implements ServerFrame {}

  /**
   * A frame that a client must pass over: an unknown shape of a known push, an array, or a number.
   */
  record Unreadable(JsonNode frame) implements ServerFrame {}
}
