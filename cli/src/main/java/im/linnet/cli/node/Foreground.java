package im.linnet.cli.node;

import im.linnet.log.Callbacks;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node running until Ctrl-C, SIGTERM or its own failure, and then waits for its clean stop.
 * The shutdown hook returns only when everything is closed, or when a stop has taken too long.
 *
 * <p>A signal during the start interrupts the starting thread, since a start may wait for minutes
 * (for Kafka, the store, or a view that catches up). An exception of the start after that does not
 * count as a failure. The failure of a part interrupts the start, too, and is the reported failure.
 */
public final class Foreground {
  /** The bound of a stop; a little below the promised 10 s. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(9_500);

  private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

  private final Node node;
  private final PrintWriter out;
  private final Runnable failing;
  private final Duration closeLimit;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Object signal = new Object();

  /** The thread that an end has to interrupt; guarded, as the flags below, by {@code signal}. */
  private @Nullable Thread starting;

  /** Whether a signal came. */
  private boolean asked;

  /** Whether a signal came or a part failed. */
  private boolean over;

  /**
   * Runs nothing yet.
   *
   * @param failing called when a part has failed, before anything is closed
   * @param closeLimit the time for which the end of {@link #run} waits for the node's close
   */
  Foreground(Node node, PrintWriter out, Runnable failing, Duration closeLimit) {
    this.node = node;
    this.out = out;
    this.failing = failing;
    this.closeLimit = closeLimit;
  }

  /**
   * Runs the node on this thread. A signal ends the process from here: with 0 after a clean stop,
   * with 1 after an incomplete one.
   *
   * @param failing called when a part has failed, before anything is closed; any thread
   * @return never normally
   * @throws RuntimeException if the node did not start, or failed later; it is closed by then
   */
  public static int run(Node node, PrintWriter out, Runnable failing) {
    Foreground foreground = new Foreground(node, out, failing, STOP_LIMIT);
    // Not left to the end of the hooks: the exit code of a clean stop is 0 for any signal.
    Thread hook =
        new Thread(
            () -> {
              int code = 1;
              try {
                code = foreground.stopOnSignal(STOP_LIMIT);
                UnpackedLibraries.delete();
              } finally {
                Runtime.getRuntime().halt(code);
              }
            },
            "linnet-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return foreground.run();
    } finally {
      if (!foreground.isAsked()) {
        forget(hook);
      }
    }
  }

  /** Starts the node, waits for the end, closes it. Used once. */
  int run() {
    try {
      watch(node.failure());
      if (start()) {
        out.println(node.announcement());
        out.flush();
      }
      // A part that exists only now may fail, too.
      watch(node.failure());
      end.join();
      return 0;
    } catch (CompletionException e) {
      throw Callbacks.unchecked(e);
    } finally {
      close(closeLimit);
      stopped.countDown();
    }
  }

  private void watch(CompletableFuture<Void> failure) {
    CompletableFuture<Void> unused =
        failure.whenComplete(
            (nothing, cause) -> {
              if (cause != null) {
                failing.run();
                end.completeExceptionally(cause);
                endStart();
              }
            });
  }

  /** Whether the node is ready, nobody wants it to stop and no part has failed. */
  private boolean start() {
    synchronized (signal) {
      if (over) {
        return false;
      }
      starting = Thread.currentThread();
    }
    try {
      node.start();
      return !endOfStart();
    } catch (RuntimeException e) {
      if (!endOfStart()) {
        throw e;
      }
      LOG.debug("stopped while starting", e);
      return false;
    }
  }

  /** Ends the interrupts of this thread. Returns whether there was one. */
  private boolean endOfStart() {
    synchronized (signal) {
      starting = null;
      if (over) {
        // The flag is cleared, since closing waits, too.
        Thread.interrupted();
      }
      return over;
    }
  }

  /** Interrupts the start: its waits do not matter any more. */
  private void endStart() {
    synchronized (signal) {
      over = true;
      if (starting != null) {
        starting.interrupt();
      }
    }
  }

  /** On a thread of its own, since a failed part may never end. */
  private void close(Duration limit) {
    Thread closing = Thread.ofPlatform().name("linnet-close").daemon().start(node::close);
    try {
      if (!closing.join(limit)) {
        LOG.debug("not everything was closed within {}", limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets the node stop and waits for that, on another thread than {@link #run}.
   *
   * @return the exit code: 0, or 1 if it took too long
   */
  int stopOnSignal(Duration limit) {
    synchronized (signal) {
      asked = true;
    }
    endStart();
    end.complete(null);
    try {
      return stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS) ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private boolean isAsked() {
    synchronized (signal) {
      return asked;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came just now: the hook finds all parts stopped.
      return;
    }
  }
}
