package im.linnet.edge.session;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.transport.ClientConnection;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.Frames;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way in which the server ends a session: it logs, counts, sends the reason and closes. */
public final class Disconnector {
  private static final Logger LOG = LoggerFactory.getLogger(Disconnector.class);

  // RFC 6455, section 7.4.1.
  private static final int NORMAL_CLOSURE = 1000;

  private final EdgeMetrics metrics;

  public Disconnector(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Ends a connection on its event loop; frames that wait in the outbox leave before the last
   * frame.
   *
   * @param who names the session by its text
   */
  void disconnect(ClientConnection connection, FrameOutbox outbox, Object who, Reason reason) {
    LOG.debug("{} peer={} closed: {} {}", who, connection.peer(), reason.code(), reason.detail());
    metrics.closed(reason.code());
    List<byte[]> last = outbox.drain();
    last.add(Frames.close(reason.code(), reason.detail(), reason.retryAfterMillis()));
    connection.close(last, reason.code().code(), reason.text());
  }

  /**
   * Ends a connection at its client's request: without a last frame, and uncounted.
   *
   * @param who names the session by its text
   */
  void hangUp(ClientConnection connection, FrameOutbox outbox, Object who) {
    LOG.debug("{} peer={} left", who, connection.peer());
    connection.close(outbox.drain(), NORMAL_CLOSURE, "");
  }

  /** Turns a connection away before it becomes a session. On its event loop. */
  public void refuse(
      ClientConnection connection, CloseCode code, String detail, long retryAfterMillis) {
    LOG.debug("peer={} refused: {} {}", connection.peer(), code, detail);
    metrics.closed(code);
    Reason reason = new Reason(code, detail, retryAfterMillis);
    connection.close(
        List.of(Frames.close(code, detail, retryAfterMillis)), code.code(), reason.text());
  }

  /**
   * The reason for the end of a session.
   *
   * @param code the close code
   * @param detail an addition to the code's word; may be empty
   * @param retryAfterMillis the time after which to come back, with jitter, for codes that invite
   *     the client back; 0 for others
   */
  record Reason(CloseCode code, String detail, long retryAfterMillis) {
    Reason {
      if (code.reconnect() != retryAfterMillis > 0) {
        // Without a pause, all invited clients would come back at the same moment.
        throw new IllegalArgumentException(code + " with retryAfter " + retryAfterMillis);
      }
    }

    String text() {
      return detail.isEmpty() ? code.word() : code.word() + ": " + detail;
    }
  }
}
