package im.linnet.edge.session;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.transport.ClientConnection;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A session's side of its connection, before and after the authentication: the outbox, the signs of
 * life, and the one end. {@link #disconnect} and {@link #outbox} may be used from any thread, the
 * other methods on the event loop.
 */
final class ClientLink {
  /**
   * A client may be silent for one more second per this many bytes sent since its last sign of
   * life. The ping stands after these bytes, in buffers of the system that the edge cannot inspect.
   */
  private static final int SLOWEST_BYTES_PER_SECOND = 8 << 10;

  /** The most extra silence: a system buffers some MiB also for a client that is gone. */
  private static final long MOST_SLOW_MILLIS = 120_000;

  private final ClientConnection connection;
  private final FrameOutbox outbox;
  private final Disconnector disconnector;
  private final LongSupplier retryAfterMillis;
  private final LongSupplier steadyMillis;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile String who = "session=-";
  private volatile Runnable whenEnded = () -> {};
  private long heardMillis;
  private long heardAtBytes;
  private boolean pinged;
  private long takenMillis;
  private long takenBytes = -1;

  /**
   * @param retryAfterMillis the time after which a client that is sent away shall come back, with
   *     jitter
   * @param steadyMillis a monotonic clock, independent of changes to the time of day
   */
  ClientLink(
      ClientConnection connection,
      FrameOutbox.Bounds bounds,
      EdgeMetrics metrics,
      Disconnector disconnector,
      LongSupplier retryAfterMillis,
      LongSupplier steadyMillis) {
    this.connection = connection;
    this.disconnector = disconnector;
    this.retryAfterMillis = retryAfterMillis;
    this.steadyMillis = steadyMillis;
    this.heardMillis = steadyMillis.getAsLong();
    this.outbox =
        new FrameOutbox(
            connection, bounds, metrics::written, () -> sendAway(CloseCode.SLOW_CONSUMER));
  }

  /** Sets the task for the event loop once the end is decided; the socket may linger after that. */
  void whenEnded(Runnable task) {
    whenEnded = task;
  }

  ClientConnection connection() {
    return connection;
  }

  FrameOutbox outbox() {
    return outbox;
  }

  /** Sets the session's name for the logs. */
  void name(String session, String user) {
    who = "session=" + session + " user=" + user;
  }

  /** Ends the connection with a last frame; the first call wins. Any thread. */
  void disconnect(CloseCode code, String detail, long retryAfterMillis) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    outbox.seal();
    Disconnector.Reason reason = new Disconnector.Reason(code, detail, retryAfterMillis);
    connection.execute(
        () -> {
          disconnector.disconnect(connection, outbox, who, reason);
          whenEnded.run();
        });
  }

  /**
   * Ends the connection of a client that shall come back, with jitter: not all clients come back at
   * the same moment.
   */
  private void sendAway(CloseCode code) {
    disconnect(code, "", retryAfterMillis.getAsLong());
  }

  /** Ends the connection as its client asked; the first end wins. Any thread. */
  void hangUp() {
    if (ended.compareAndSet(false, true)) {
      outbox.seal();
      connection.execute(
          () -> {
            disconnector.hangUp(connection, outbox, who);
            whenEnded.run();
          });
    }
  }

  /** Takes the report that the socket is gone. */
  void gone() {
    ended.set(true);
    outbox.seal();
    outbox.drain();
  }

  boolean isEnded() {
    return ended.get();
  }

  /** Takes a sign of life of the client. */
  void heard() {
    listening();
    heardAtBytes = outbox.written();
  }

  /**
   * Counts silence from now: the client is read again, and could not give a sign of life before.
   */
  void listening() {
    heardMillis = steadyMillis.getAsLong();
    pinged = false;
  }

  /**
   * Pings a client that has been silent for a heartbeat. Ends a client that has been silent for two
   * heartbeats, plus the time that it may need to read the bytes sent meanwhile.
   */
  void checkSilence(long nowMillis, long heartbeatMillis) {
    long silent = nowMillis - heardMillis;
    long sent = outbox.written() - heardAtBytes;
    if (silent >= 2 * heartbeatMillis + slowMillis(sent)) {
      sendAway(CloseCode.IDLE_TIMEOUT);
    } else if (silent >= heartbeatMillis && !pinged) {
      pinged = true;
      connection.ping();
    }
  }

  /**
   * Ends a client that takes no bytes and, for that reason, is not read. It has two heartbeats,
   * plus the time until a system with full buffers may ask for more. The amount in these buffers is
   * unknown; it is at most all that was ever sent.
   */
  void checkTaking(long nowMillis, long heartbeatMillis) {
    long written = outbox.written();
    if (written != takenBytes) {
      takenBytes = written;
      takenMillis = nowMillis;
    } else if (nowMillis - takenMillis >= 2 * heartbeatMillis + slowMillis(written)) {
      sendAway(CloseCode.SLOW_CONSUMER);
    }
  }

  private static long slowMillis(long bytes) {
    return Math.min(MOST_SLOW_MILLIS, 1_000 * (bytes / SLOWEST_BYTES_PER_SECOND));
  }
}
