package im.linnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A client that speaks the protocol without any code of Linnet's client. It sends the test's text,
 * keeps all received frames in order, and waits for frames with a bound. A wait looks at all frames
 * received so far, then at new ones. Any thread may call it.
 */
public interface RawClient extends AutoCloseable {
  /** The bound of waits without a given bound. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /** Sends one frame, given without its line end. */
  void send(String json);

  /** Everything received, in order, with the server's pings and the close frame. */
  List<JsonNode> received();

  /** The first n frames that match. */
  List<JsonNode> await(int n, Predicate<? super JsonNode> matching, Duration atMost);

  /** Waits until the server has ended the connection, and returns the end. */
  Closed awaitClosed(Duration atMost);

  /** The end of the connection, if it has ended. */
  Optional<Closed> closed();

  /** Takes nothing more off the socket, like a client that hangs, until {@link #readOn()}. */
  void stopReading();

  /** Goes on reading after {@link #stopReading()}. */
  void readOn();

  /** Drops the connection without a close frame, like a client on a machine that failed. */
  @Override
  void close();

  /** The first frame that matches. */
  default JsonNode await(Predicate<? super JsonNode> matching) {
    return await(1, matching, PATIENCE).getFirst();
  }

  /** The first push with this {@code op} that matches. */
  default JsonNode awaitPush(String op, Predicate<? super JsonNode> matching) {
    return await(isPush(op).and(matching));
  }

  /** The first push with this {@code op}. */
  default JsonNode awaitPush(String op) {
    return await(isPush(op));
  }

  /** The first n pushes with this {@code op}. */
  default List<JsonNode> awaitPushes(String op, int n, Duration atMost) {
    return await(n, isPush(op), atMost);
  }

  /** The pushes with this {@code op} so far. */
  default List<JsonNode> pushes(String op) {
    return received().stream().filter(isPush(op)).toList();
  }

  /** The reply to the request with this id. */
  default JsonNode awaitReply(String id) {
    return await(frame -> !frame.has("op") && frame.path("id").asText().equals(id));
  }

  /** Sends a request that carries an id, and waits for its reply. */
  default JsonNode request(String json) {
    String id = Json.parse(json).path("id").asText();
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a request that is waited for needs an id: " + json);
    }
    send(json);
    return awaitReply(id);
  }

  private static Predicate<JsonNode> isPush(String op) {
    return frame -> frame.path("op").asText().equals(op);
  }

  /**
   * The end of a connection.
   *
   * @param code the code of the close frame, as in the protocol, or of the WebSocket; 0 if the
   *     server gave none
   * @param reason as the server gave it
   */
  record Closed(int code, String reason) {}
}
