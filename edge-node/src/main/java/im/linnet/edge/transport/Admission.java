package im.linnet.edge.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections of all listeners against their bound. Safe on any thread. */
public final class Admission {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  /** Admits at most so many at a time. */
  public Admission(int most) {
    this.most = most;
  }

  /** Takes a place; the caller gives it back by {@link #leave}, whatever the answer. */
  boolean enter() {
    return open.incrementAndGet() <= most;
  }

  void leave() {
    if (open.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Blocks until no connection is open, at most for that time.
   *
   * @return whether none is
   */
  public synchronized boolean awaitEmpty(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (open.get() > 0) {
      long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (rest <= 0) {
        return false;
      }
      wait(rest);
    }
    return true;
  }

  /** Open connections. */
  public int open() {
    return open.get();
  }
}
