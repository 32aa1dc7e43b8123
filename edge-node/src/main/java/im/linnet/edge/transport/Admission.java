package im.linnet.edge.transport;

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
    open.decrementAndGet();
  }

  /** Open connections. */
  public int open() {
    return open.get();
  }
}
