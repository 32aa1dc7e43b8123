package im.linnet.edge.delivery;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the tail has handed to one event loop and the loop has not taken yet. Bounded in bytes: a
 * loop that falls behind for good must not take the memory of the edge. One thread hands over.
 */
final class LoopQueue {
  /** Some ten thousand records; a loop has that much before it only when it hardly runs. */
  static final long MOST_BYTES = 16L << 20;

  /** What a task costs beside the frame that it carries. */
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

  /** A task that was handed over with such a frame is done. */
  void done(int frameBytes) {
    waiting.addAndGet(-(frameBytes + TASK_BYTES));
  }
}
