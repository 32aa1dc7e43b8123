package im.linnet.edge.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that the tail has handed to one event loop and that the loop has not pushed yet.
 * Bounded in bytes, so that a slow loop cannot take the memory of the edge. One thread hands
 * records over; the loop pushes them in the order in which they came.
 *
 * <p>The loop pushes in turns of {@link #TURN} pushes. Its other work, such as the reply to the
 * sender in a large topic, stands between two turns. Records for the same subscribers that wait
 * together are a run: each subscriber gets all of them before the next subscriber gets any. So they
 * leave in one write to its socket, and a loop that is late catches up.
 */
final class LoopQueue {
  /** Some ten thousand records. Only a loop that hardly runs has this much to do. */
  static final long MOST_BYTES = 16L << 20;

  /** The pushes of one turn: some milliseconds, with the writes to the sockets. */
  static final int TURN = 256;

  /** The most records of a run. */
  static final int LONGEST_RUN = 64;

  /** Their bytes, but for the last one: a quarter of what may wait for a session by default. */
  static final int RUN_BYTES = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(LoopQueue.class);

  /** The memory of a delivery without its frame. */
  private static final int DELIVERY_BYTES = 100;

  private final Executor loop;

  // Guarded by this.
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean scheduled;

  // Owned by the loop: what it pushes now, and to whom next.
  private final List<Delivery> run = new ArrayList<>();
  private int next;

  LoopQueue(Executor loop) {
    this.loop = loop;
  }

  /**
   * Takes a record for the loop.
   *
   * @return false if the queue is full, or if it finds that the loop has ended
   */
  boolean hand(Delivery delivery) {
    synchronized (this) {
      if (bytes >= MOST_BYTES) {
        return false;
      }
      waiting.add(delivery);
      bytes += size(delivery);
      if (scheduled) {
        return true;
      }
      scheduled = true;
    }
    return schedule();
  }

  private static int size(Delivery delivery) {
    return delivery.bytes() + DELIVERY_BYTES;
  }

  private boolean schedule() {
    try {
      loop.execute(this::turn);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("the loop has ended");
      return false;
    }
  }

  /** Ends with the run: what was pushed is to leave before a session gets the next run. */
  private void turn() {
    if (run.isEmpty() && !takeRun()) {
      return;
    }
    try {
      push();
    } catch (RuntimeException | Error e) {
      // One record must not stop all that come after it.
      LOG.error("a record could not be pushed to all", e);
    }
    schedule();
  }

  /** Pushes the run to the next subscribers. */
  private void push() {
    Delivery first = run.getFirst();
    int to = Math.min(first.count(), next + Math.max(1, TURN / run.size()));
    while (next < to) {
      int subscriber = next++;
      for (Delivery delivery : run) {
        delivery.push(subscriber);
      }
    }
    if (next == first.count()) {
      finish();
    }
  }

  private void finish() {
    List<Delivery> finished = List.copyOf(run);
    run.clear();
    next = 0;
    free(finished.stream().mapToLong(LoopQueue::size).sum());
    finished.forEach(Delivery::tell);
  }

  private synchronized void free(long freed) {
    bytes -= freed;
  }

  /** Takes the oldest records as far as they are for the same subscribers; false without any. */
  private synchronized boolean takeRun() {
    Delivery first = waiting.peek();
    if (first == null) {
      scheduled = false;
      return false;
    }
    int taken = 0;
    for (Delivery each = first;
        each != null && run.size() < LONGEST_RUN && taken < RUN_BYTES && each.isForThoseOf(first);
        each = waiting.peek()) {
      taken += each.bytes();
      run.add(waiting.remove());
    }
    return true;
  }
}
