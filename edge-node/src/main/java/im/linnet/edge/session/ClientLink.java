package im.linnet.edge.session;

import im.linnet.edge.transport.ClientConnection;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A session's side of its connection, before and after the authentication: the outbox, the signs of
 * life, and the one end. {@link #disconnect} and {@link #outbox} may be used from any thread, the
 * other methods on the event loop.
 */
final class ClientLink implements FrameOutbox.Listener {
  /**
   * A client may be silent for one more second per this many bytes sent since its last sign of
   * life. The ping stands after these bytes, in buffers of the system that the edge cannot inspect.
   */
  private static final int SLOWEST_BYTES_PER_SECOND = 8 << 10;

  /** The most extra silence: a system buffers some MiB also for a client that is gone. */
  private static final long MOST_SLOW_MILLIS = 120_000;

  /** The rest of the connection. Its methods are called on the event loop. */
  interface Owner {
    /** The session for the logs, by its text. */
    Object who();

    /** Takes the decided end; the socket may linger after that. */
    void endDecided();
  }

  private static final AtomicIntegerFieldUpdater<ClientLink> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(ClientLink.class, "ended");

  private final ClientConnection connection;
  private final SessionParts parts;
  private final Owner owner;
  private final FrameOutbox outbox;
  // 1 once the end is decided.
  private volatile int ended;
  private long heardMillis;
  private long heardAtBytes;
  private boolean pinged;
  private long takenMillis;
  private long takenBytes = -1;

  ClientLink(
      ClientConnection connection,
      SessionParts parts,
      FrameOutbox.Bounds outboxBounds,
      Owner owner) {
    this.connection = connection;
    this.parts = parts;
    this.owner = owner;
    this.heardMillis = parts.steadyMillis().getAsLong();
    this.outbox = new FrameOutbox(connection, outboxBounds, this);
  }

  @Override
  public void written(long latencyMillis) {
    parts.metrics().written(latencyMillis);
  }

  @Override
  public void slow() {
    sendAway(CloseCode.SLOW_CONSUMER);
  }

  ClientConnection connection() {
    return connection;
  }

  FrameOutbox outbox() {
    return outbox;
  }

  /** Ends the connection with a last frame; the first call wins. Any thread. */
  void disconnect(CloseCode code, String detail, long retryAfterMillis) {
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return;
    }
    outbox.seal();
    Disconnector.Reason reason = new Disconnector.Reason(code, detail, retryAfterMillis);
    connection.execute(
        () -> {
          parts.disconnector().disconnect(connection, outbox, owner.who(), reason);
          owner.endDecided();
        });
  }

  /**
   * Ends the connection of a client that shall come back, with jitter: not all clients come back at
   * the same moment.
   */
  private void sendAway(CloseCode code) {
    disconnect(code, "", parts.retryAfterMillis().getAsLong());
  }

  /** Ends the connection as its client asked; the first end wins. Any thread. */
  void hangUp() {
    if (ENDED.compareAndSet(this, 0, 1)) {
      outbox.seal();
      connection.execute(
          () -> {
            parts.disconnector().hangUp(connection, outbox, owner.who());
            owner.endDecided();
          });
    }
  }

  /** Takes the report that the socket is gone. */
  void gone() {
    ended = 1;
    outbox.seal();
    outbox.drain();
  }

  boolean isEnded() {
    return ended == 1;
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
    heardMillis = parts.steadyMillis().getAsLong();
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
