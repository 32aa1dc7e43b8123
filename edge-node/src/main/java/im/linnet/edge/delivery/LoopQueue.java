package im.linnet.edge.delivery;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tasks that the tail has handed to one event loop and that the loop has not run yet. Bounded
 * in bytes, so that a slow loop cannot take the memory of the edge. One thread hands tasks over.
 */
final class LoopQueue {
  /** Some ten thousand records. Only a loop that hardly runs has this much to do. */
  static final long MOST_BYTES = 16L << 20;

  /** The memory of a task without its frame. */
  private static final int TASK_BYTES = 100;

  private final Executor loop;
  private final AtomicLong waiting = new AtomicLong();

  LoopQueue(Executor loop) {
    this.loop = loop;
  }

  /**
   * Runs the task on the loop, in the order of the calls.
   *
   * @return false if the queue is full, or the loop has ended
   */
  boolean hand(int frameBytes, Runnable task) {
    if (waiting.get() >= MOST_BYTES) {
      return false;
    }
    waiting.addAndGet(frameBytes + TASK_BYTES);
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      done(frameBytes);
      return false;
    }
  }

  /** Notes that a task with a frame of that size is done. */
  void done(int frameBytes) {
    waiting.addAndGet(-(frameBytes + TASK_BYTES));
  }
}
