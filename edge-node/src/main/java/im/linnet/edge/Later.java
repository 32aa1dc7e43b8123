package im.linnet.edge;

import im.linnet.edge.session.Delay;
import im.linnet.log.Callbacks;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs short tasks after a delay, one after the other on a daemon thread of its own. The tasks must
 * not block. Safe on any thread.
 */
final class Later implements Delay, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Later.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("linnet-edge-later").daemon().factory());

  Later() {
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void run(long millis, Runnable task) {
    try {
      var unused = thread.schedule(Callbacks.logged(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("a task is dropped, the edge has stopped");
    }
  }

  /** Runs the task again and again, so long after it has run. */
  void every(long millis, Runnable task) {
    var unused =
        thread.scheduleWithFixedDelay(
            Callbacks.logged(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Drops all waiting tasks, and all later ones. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
