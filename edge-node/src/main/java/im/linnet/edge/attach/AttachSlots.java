package im.linnet.edge.attach;

import java.util.ArrayDeque;

/**
 * Lets a bounded number of sessions attach at a time and a bounded number wait, first come first
 * served. Safe on any thread; what it lets in is started outside of its lock.
 */
final class AttachSlots {
  private final int most;
  private final int mostWaiting;
  private final AttachCounters counters;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int inside;

  AttachSlots(int most, int mostWaiting, AttachCounters counters) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.counters = counters;
  }

  /** Starts it now or when its turn comes; false where too many wait. */
  boolean enter(Runnable start) {
    synchronized (this) {
      if (inside == most) {
        if (waiting.size() == mostWaiting) {
          return false;
        }
        waiting.add(start);
        count();
        return true;
      }
      inside++;
      count();
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
      count();
    }
    if (next != null) {
      next.run();
    }
  }

  private void count() {
    counters.inProgress.set(inside);
    counters.waiting.set(waiting.size());
  }
}
