package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a session. Events arrive in the order in which they happened. */
public sealed interface ClientEvent {

  /**
   * The session is authenticated; missed records follow.
   *
   * @param clientId the user
   * @param session the session's id
   * @param edge the edge's address as it names itself
   * @param log the id of the log that positions belong to
   * @param limits the bounds of this server
   */
  record Connected(String clientId, String session, String edge, String log, Limits limits)
      implements ClientEvent {
    /** Reads the reply to {@code auth}. A bound that it does not name is the protocol's own. */
    static Connected read(JsonNode data) {
      JsonNode limits = data.path("limits");
      Limits usual = Limits.DEFAULT;
      return new Connected(
          data.path("clientId").asText(""),
          data.path("session").asText(""),
          data.path("edge").asText(""),
          data.path("log").asText(""),
          new Limits(
              limits.path("frame").asInt(usual.frame()),
              limits.path("content").asInt(usual.content()),
              limits.path("sync").asInt(usual.sync()),
              limits.path("page").asInt(usual.page()),
              limits.path("users").asInt(usual.users()),
              limits.path("readPush").asInt(usual.readPush()),
              limits.path("change").asLong(usual.change())));
    }
  }

  /**
   * All missed records have come; live pushes follow.
   *
   * @param at the positions of the session
   * @param cut whether older records were left out; if so, read the history anew
   * @param reset whether the server did not know the client's positions; it then sent all unread
   *     messages instead of the unseen ones: read the history anew
   */
  record Synced(List<Position> at, boolean cut, boolean reset) implements ClientEvent {}

  /**
   * A message to this user, or the user's own message from another device. Each identity comes
   * once.
   */
  record MessageReceived(Message message) implements ClientEvent {}

  /**
   * The sender of a message has changed it. Changes of one message come in the order in which they
   * count. A change that does not count any more does not come.
   *
   * @param message the identity of the message
   * @param change its change
   * @param at the change's place in the recipient's inbox
   * @param timeMillis the broker's time of the change, epoch ms
   */
  record MessageChanged(MessageId message, MessageChange change, Position at, long timeMillis)
      implements ClientEvent {}

  /**
   * A user has read messages.
   *
   * @param kind the stream
   * @param reader the user who has read
   * @param peer the sender of the messages: a user, or a topic
   * @param upTo the last read place in the reader's inbox; null if {@code uuids} name the messages
   * @param uuids the read messages; empty if {@code upTo} bounds them
   */
  record ReadReceived(
      Stream kind, String reader, String peer, @Nullable Position upTo, List<String> uuids)
      implements ClientEvent {}

  /**
   * A topic has changed. It comes to its members, and to members who left by the change.
   *
   * @param topic the topic
   * @param change the kind of the change
   * @param by the user who made it
   * @param members the members whom it concerns, as the kind says; else empty
   * @param name the topic's name, where it is created or renamed; else empty
   * @param at its place in the log
   * @param timeMillis the broker's time, epoch ms
   */
  record TopicChanged(
      String topic,
      TopicChange change,
      String by,
      List<String> members,
      String name,
      Position at,
      long timeMillis)
      implements ClientEvent {
    public TopicChanged {
      members = List.copyOf(members);
    }
  }

  /** A watched user came, left or changed status. */
  record PresenceChanged(Presence presence) implements ClientEvent {}

  /** A user is typing. */
  record Typing(Stream kind, String from, String to) implements ClientEvent {}

  /** A push of any other kind, as it came. */
  record Other(String op, JsonNode frame) implements ClientEvent {}

  /**
   * The connection is lost, or could not be opened.
   *
   * @param code the server's close code, 0 if it gave none
   * @param reason the reason, in words for a person
   * @param retryIn the pause before the next attempt
   */
  record Disconnected(int code, String reason, Duration retryIn) implements ClientEvent {}

  /**
   * The last event. The server forbids a reconnect without a user's action, or {@code close} was
   * called.
   *
   * @param code the server's close or reply code, 0 after {@code close}
   * @param reason the reason, in words for a person
   */
  record Stopped(int code, String reason) implements ClientEvent {}
}
