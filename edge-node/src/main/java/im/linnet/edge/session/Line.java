package im.linnet.edge.session;

import im.linnet.edge.transport.Connection;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a session has of its connection before and after it is authenticated: the way out, the sign
 * of life, and the one end. {@link #disconnect} and {@link #outbox} may be used from any thread,
 * the rest on the event loop.
 */
final class Line {
  private final Connection connection;
  private final FrameOutbox outbox;
  private final Disconnector disconnector;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile String who = "session=-";
  private volatile Runnable whenEnded = () -> {};
  private long heardMillis;
  private boolean pinged;

  Line(
      Connection connection, FrameOutbox.Bounds bounds, Disconnector disconnector, long nowMillis) {
    this.connection = connection;
    this.disconnector = disconnector;
    this.heardMillis = nowMillis;
    this.outbox =
        new FrameOutbox(connection, bounds, () -> disconnect(CloseCode.SLOW_CONSUMER, "", 0));
  }

  /** What to do on the event loop once the end is decided; the socket may linger after that. */
  void whenEnded(Runnable task) {
    whenEnded = task;
  }

  Connection connection() {
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
  void heard(long nowMillis) {
    heardMillis = nowMillis;
    pinged = false;
  }

  /** Pings a client that has been silent for a heartbeat, ends one that was for two. */
  void checkSilence(long nowMillis, long heartbeatMillis) {
    long silent = nowMillis - heardMillis;
    if (silent >= 2 * heartbeatMillis) {
      disconnect(CloseCode.IDLE_TIMEOUT, "", 0);
    } else if (silent >= heartbeatMillis && !pinged) {
      pinged = true;
      connection.ping();
    }
  }
}
