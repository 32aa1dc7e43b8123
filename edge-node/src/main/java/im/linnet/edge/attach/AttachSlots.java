package im.linnet.edge.attach;

import java.util.ArrayDeque;

/**
 * Lets a bounded number of sessions attach at a time and a bounded number wait, first come first
 * served. Safe on any thread; what it lets in is started outside of its lock.
 */
final class AttachSlots {
  private final int most;
  private final int mostWaiting;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int inside;

  AttachSlots(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /** Starts it now or when its turn comes; false where too many wait. */
  boolean enter(Runnable start) {
    synchronized (this) {
      if (inside == most) {
        if (waiting.size() == mostWaiting) {
          return false;
        }
        waiting.add(start);
        return true;
      }
      inside++;
    }
    start.run();
    return true;
  }

  /** One that was let in is done; called once for each. */
  void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        inside--;
      }
    }
    if (next != null) {
      next.run();
    }
  }

  /** How many attach now. */
  synchronized int inside() {
    return inside;
  }

  /** How many wait now. */
  synchronized int waiting() {
    return waiting.size();
  }
}
