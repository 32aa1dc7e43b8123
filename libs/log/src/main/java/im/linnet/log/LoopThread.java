package im.linnet.log;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread of a loop. It is started once and asked to stop, and it never dies in silence:
 * an exception of its body stops it, shows in {@link #check()} and fails {@link #stopped()}. {@link
 * #wokenBy}, {@link #pause} and {@link #trouble} are for the body; the other methods are safe on
 * any thread. Public for the packages of this module.
 */
public final class LoopThread {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  /** The work of a loop. */
  @FunctionalInterface
  public interface Body {
    /** Works until {@link LoopThread#stopping()}. */
    void run() throws InterruptedException;
  }

  private final String name;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile String trouble = "not started";
  private volatile Runnable wake = () -> {};

  /**
   * @param name of the thread, in logs and in {@link #check()}
   */
  public LoopThread(String name, Body body) {
    this.name = name;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(body));
  }

  /** Starts the body; returns at once. */
  public void start() {
    trouble = "";
    thread.start();
  }

  /** Whether the body should return. */
  public boolean stopping() {
    return stop.getCount() == 0;
  }

  /** Sets the call that ends a wait of the body from another thread. Set it before the wait. */
  public void wokenBy(Runnable wake) {
    this.wake = wake;
  }

  /** Waits for that time, or until a stop is asked for. */
  public void pause(Duration time) throws InterruptedException {
    var unused = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Shows in {@link #check()} until cleared by an empty line. */
  public void trouble(String line) {
    if (!stopping() && !trouble.equals(line)) {
      trouble = line;
    }
  }

  /** Empty while the loop works; otherwise one line with the reason. */
  public Optional<String> check() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(name + ": " + trouble);
  }

  /** Completes when the thread has ended. Fails if an exception ended it. */
  public CompletableFuture<Void> stopped() {
    return stopped.copy();
  }

  /**
   * Asks the body to return, and waits for that time at most. After that it interrupts the thread.
   */
  public void close(Duration timeout) {
    if (!stopping()) {
      stop.countDown();
      if (trouble.isEmpty()) {
        trouble = "closed";
      }
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    wake.run();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(timeout)) {
        LOG.warn("{} did not stop within {}; interrupted", name, timeout);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Body body) {
    try {
      body.run();
      LOG.info("{} stopped", name);
      stopped.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    trouble = "stopped by " + failure;
    LOG.error("{} stopped by a failure", name, failure);
    stopped.completeExceptionally(failure);
  }
}
