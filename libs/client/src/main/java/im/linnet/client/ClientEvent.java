package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens in a session, in the order in which it happened. */
public sealed interface ClientEvent {

  /**
   * The server knows who we are; what was missed follows.
   *
   * @param clientId the user
   * @param session the session's id
   * @param edge the edge's address as it names itself
   * @param log the id of the log that positions belong to
   */
  record Connected(String clientId, String session, String edge, String log)
      implements ClientEvent {}

  /**
   * All that was missed has come; live pushes follow.
   *
   * @param at where the session stands
   * @param cut whether older records were left out: read the history anew
   * @param reset whether our positions were unknown, so that all that is unread came instead of
   *     what we had not seen: read the history anew
   */
  record Synced(List<Position> at, boolean cut, boolean reset) implements ClientEvent {}

  /** A message to us, or one of ours that another device sent. Each identity comes once. */
  record MessageReceived(Message message) implements ClientEvent {}

  /**
   * Somebody has read.
   *
   * @param kind the stream
   * @param reader who
   * @param peer whose messages: a user, or a topic
   * @param upTo up to and with this place in the reader's inbox; null where {@code uuids} say which
   * @param uuids these messages; empty where {@code upTo} says which
   */
  record ReadReceived(
      Stream kind, String reader, String peer, @Nullable Position upTo, List<String> uuids)
      implements ClientEvent {}

  /** A watched user came, left or changed status. */
  record PresenceChanged(Presence presence) implements ClientEvent {}

  /** Somebody is typing. */
  record Typing(Stream kind, String from, String to) implements ClientEvent {}

  /** A push of any other kind, as it came. */
  record Other(String op, JsonNode frame) implements ClientEvent {}

  /**
   * The connection is gone, or could not be made.
   *
   * @param code the server's close code, 0 where it gave none
   * @param reason why
   * @param retryIn when the next attempt begins
   */
  record Disconnected(int code, String reason, Duration retryIn) implements ClientEvent {}

  /**
   * The last event: the server does not want us back without a user's action, or {@code close} was
   * called.
   *
   * @param code the server's close or reply code, 0 after {@code close}
   * @param reason why
   */
  record Stopped(int code, String reason) implements ClientEvent {}
}
