package im.linnet.edge.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one bound of all sockets of both listeners: TCP sessions, WebSockets, HTTP requests, TLS
 * handshakes, and clients that have not sent a byte. A socket counts from its accept to its close.
 * Safe on any thread.
 *
 * <p>Above the bound each listener has a few spare places. A client in a spare place is told that
 * the edge is full, and closed. The HTTP listener answers health and metrics before that, so that
 * an operator can look at a full edge. A newcomer takes the spare place of the oldest client: a
 * flood of silent sockets does not hold the spare places. The count never passes {@link #most} and
 * {@link #SPARE} together.
 */
public final class SocketAdmission {
  /** The most open sockets above the bound, on both listeners together. */
  public static final int SPARE = 128;

  /**
   * The spare places of one listener; the rest of {@link #SPARE} is for sockets that are closing.
   */
  static final int SPARE_PLACES = SPARE / 4;

  private static final AttributeKey<Boolean> IS_SPARE =
      AttributeKey.valueOf(SocketAdmission.class, "spare");

  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  // One object for all sockets.
  private final ChannelFutureListener closed = future -> open.decrementAndGet();

  /**
   * @param most the most open sockets at a time
   */
  public SocketAdmission(int most) {
    this.most = most;
  }

  /** Whether the socket got only a spare place. */
  static boolean isSpare(Channel socket) {
    return socket.hasAttr(IS_SPARE);
  }

  /**
   * Counts a socket until it is closed.
   *
   * @param spare the spare places of its listener
   * @return false if all places are taken: then the socket is not counted, and the caller closes it
   */
  boolean enter(Channel socket, SparePlaces spare) {
    int now = open.incrementAndGet();
    if (now > most) {
      refused.incrementAndGet();
      if (now > most + SPARE) {
        open.decrementAndGet();
        return false;
      }
      socket.attr(IS_SPARE).set(true);
      spare.take(socket);
    }
    socket.closeFuture().addListener(closed);
    return true;
  }

  /** Counts a socket that carries a session from now on. */
  void sessionBegan() {
    sessions.incrementAndGet();
  }

  /** Takes back one {@link #sessionBegan}: the socket of a session is closed. */
  void sessionEnded() {
    if (sessions.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Blocks until all session sockets are closed, at most for that time.
   *
   * @return whether all are closed
   */
  public synchronized boolean awaitNoSessions(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (sessions.get() > 0) {
      long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (rest <= 0) {
        return false;
      }
      wait(rest);
    }
    return true;
  }

  /** The bound. */
  public int most() {
    return most;
  }

  /** The number of open sockets. */
  public int open() {
    return open.get();
  }

  /** The number of sockets above the bound since the start. */
  public int refused() {
    return refused.get();
  }
}
