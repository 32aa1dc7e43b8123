package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame from the server, read as far as the session's logic needs it. */
sealed interface ServerFrame {
  /** The answer to the request of that id; without an id, to one that had none. */
  record Reply(@Nullable String id, ServerResponse response) implements ServerFrame {}

  /** The server's last frame. */
  record Close(int code, String reason, long retryAfterMillis) implements ServerFrame {}

  /** The server asks whether we are there. */
  record Ping() implements ServerFrame {}

  /** The end of the backlog. */
  record Synced(List<Position> at, boolean cut, boolean reset) implements ServerFrame {}

  /** A message; it has its place in the event. */
  record MessagePush(Message message) implements ServerFrame {}

  /** Any other push, with its place where it has one. */
  record Push(@Nullable Position at, ClientEvent event) implements ServerFrame {}

  /** What a client must pass over: an unknown shape of a known push, or an array, or a number. */
  record Unreadable(JsonNode frame) implements ServerFrame {}
}
