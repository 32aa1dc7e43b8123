package im.linnet.log.tail;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a tail, in the order in which they came. Any thread adds tasks; the tail's thread
 * runs them, and sleeps only while there are none. The queue has no bound of its own: each session
 * has at most one step of its attach and one detach in it.
 */
final class TaskQueue {
  private static final Logger LOG = LoggerFactory.getLogger(TaskQueue.class);

  private final LinkedBlockingQueue<TailTask> tasks = new LinkedBlockingQueue<>();
  private final AtomicBoolean sleeping = new AtomicBoolean();
  private final TailMeters meters;
  private volatile Runnable wake = () -> {};

  TaskQueue(TailMeters meters) {
    this.meters = meters;
  }

  /** Sets the call that ends a sleep from another thread. */
  void wokenBy(Runnable wake) {
    this.wake = wake;
  }

  /** Adds a task, and wakes the tail's thread if it sleeps. Any thread. */
  void add(TailTask task) {
    tasks.add(task);
    if (sleeping.compareAndSet(true, false)) {
      wake.run();
    }
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Runs the tasks that wait now, for that many ns at most; false if there were none. */
  boolean run(TailState state, long nanos) {
    long began = System.nanoTime();
    boolean worked = false;
    TailTask task = tasks.poll();
    while (task != null) {
      run(state, task);
      worked = true;
      task = System.nanoTime() - began < nanos ? tasks.poll() : null;
    }
    return worked;
  }

  /** Waits that many ms at most for a task, and runs it. */
  void awaitOne(TailState state, long millis) throws InterruptedException {
    TailTask task = tasks.poll(millis, TimeUnit.MILLISECONDS);
    if (task != null) {
      run(state, task);
    }
  }

  /** Runs the body, which sleeps; a task that is added meanwhile wakes it. */
  <T> T whileSleeping(Supplier<T> body) {
    sleeping.set(true);
    try {
      return body.get();
    } finally {
      sleeping.set(false);
    }
  }

  private void run(TailState state, TailTask task) {
    try {
      task.run(state);
    } catch (RuntimeException e) {
      meters.failures.increment();
      LOG.error("a task of the tail failed", e);
    }
  }
}
