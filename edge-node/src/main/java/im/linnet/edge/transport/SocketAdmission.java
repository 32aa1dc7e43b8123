package im.linnet.edge.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one bound of the sockets of both listeners, whatever they are: a TCP session, a WebSocket, an
 * HTTP request, a TLS handshake, or a client that has not sent a byte. A socket counts from its
 * accept to its close. Safe on any thread.
 *
 * <p>Above the bound each listener has a few spare places. A client there is told that there is no
 * room, and closed; on the HTTP listener health and metrics are answered before that, so that an
 * operator can look at a full edge. A newcomer takes the place of the oldest in the spare places: a
 * flood of silent sockets does not hold them. The count never passes {@link #most} and {@link
 * #SPARE} together.
 */
public final class SocketAdmission {
  /** Sockets above the bound, on both listeners together, that may be open at a time. */
  public static final int SPARE = 128;

  /** Spare places of one listener; the rest of {@link #SPARE} is for sockets on their way out. */
  static final int SPARE_PLACES = SPARE / 4;

  private static final AttributeKey<Boolean> IS_SPARE =
      AttributeKey.valueOf(SocketAdmission.class, "spare");

  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();

  /** Admits at most so many at a time. */
  public SocketAdmission(int most) {
    this.most = most;
  }

  /** Whether there was only a spare place for that socket. */
  static boolean isSpare(Channel socket) {
    return socket.hasAttr(IS_SPARE);
  }

  /**
   * Counts a socket until it is closed.
   *
   * @param spare the spare places of its listener
   * @return false where it finds no place at all: then it is not counted, and the caller closes it
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
    socket.closeFuture().addListener(closed -> open.decrementAndGet());
    return true;
  }

  /** A socket carries a session from here on. */
  void sessionBegan() {
    sessions.incrementAndGet();
  }

  /** The socket of a session is closed. */
  void sessionEnded() {
    if (sessions.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Blocks until no socket carries a session, at most for that time.
   *
   * @return whether none does
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

  /** Open sockets. */
  public int open() {
    return open.get();
  }

  /** Sockets that came above the bound, from the beginning. */
  public int refused() {
    return refused.get();
  }
}
