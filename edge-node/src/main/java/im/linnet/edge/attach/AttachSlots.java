package im.linnet.edge.attach;

import java.util.ArrayDeque;

/**
 * Lets a bounded number of sessions attach at a time, and a bounded number wait, in the order in
 * which they came. Safe on any thread. It starts sessions outside its lock.
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

  /** Starts it now, or when there is room; false if too many wait. */
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

  /** Frees the slot of a session that was let in. Called once for each. */
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

  /** The number of sessions that attach now. */
  synchronized int inside() {
    return inside;
  }

  /** The number of sessions that wait now. */
  synchronized int waiting() {
    return waiting.size();
  }
}
