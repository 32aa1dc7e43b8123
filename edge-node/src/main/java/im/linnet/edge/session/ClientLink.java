package im.linnet.edge.session;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.transport.ClientConnection;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What a session has of its connection before and after it is authenticated: the way out, the sign
 * of life, and the one end. {@link #disconnect} and {@link #outbox} may be used from any thread,
 * the rest on the event loop.
 */
final class ClientLink {
  /**
   * A client is given a second of silence for each so many bytes that it was sent since it was last
   * heard: the ping is behind them, in buffers of the system that nobody can look into.
   */
  private static final int SLOWEST_BYTES_PER_SECOND = 8 << 10;

  /** And not more than that, since a system takes some MiB also for a client that is gone. */
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
   * @param retryAfterMillis when a client that is sent away shall come back, with jitter
   * @param steadyMillis goes forward evenly whatever is done to the time of day
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

  /** What to do on the event loop once the end is decided; the socket may linger after that. */
  void whenEnded(Runnable task) {
    whenEnded = task;
  }

  ClientConnection connection() {
    return connection;
  }

  FrameOutbox outbox() {
    return outbox;
  }

  /** Names the session in logs from here on. */
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

  /** Ends the connection of a client that shall come back, not all of them at the same moment. */
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

  /** The socket is gone. */
  void gone() {
    ended.set(true);
    outbox.seal();
    outbox.drain();
  }

  boolean isEnded() {
    return ended.get();
  }

  /** The client gave a sign of life. */
  void heard() {
    listening();
    heardAtBytes = outbox.written();
  }

  /** The client is read again: it could give no sign of life until now. */
  void listening() {
    heardMillis = steadyMillis.getAsLong();
    pinged = false;
  }

  /**
   * Pings a client that has been silent for a heartbeat, ends one that was for two and for the time
   * that it may take to read what it was sent meanwhile.
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
   * Ends a client that is not read because it does not read, and that takes nothing: for two
   * heartbeats, and for the time that it may take until a system whose buffers are full asks for
   * more. How much lies there nobody knows; no more than was ever sent.
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
