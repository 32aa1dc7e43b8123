package im.linnet.cli.node;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a node running until Ctrl-C, SIGTERM or its own failure, and then waits for its clean stop.
 * The shutdown hook returns only when everything is closed, or when a stop has taken too long.
 */
public final class Foreground {
  /** What a stop may take; a little below the 10 s that are promised. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(9_500);

  private final Node node;
  private final PrintWriter out;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean asked;

  private Foreground(Node node, PrintWriter out) {
    this.node = node;
    this.out = out;
  }

  /**
   * Runs the node on this thread. A signal ends the process from here: with 0 after a clean stop,
   * with 1 after one that was cut short.
   *
   * @return never normally
   * @throws RuntimeException if the node did not start, or failed later; it is closed by then
   */
  public static int run(Node node, PrintWriter out) {
    return new Foreground(node, out).run();
  }

  private int run() {
    Thread hook = new Thread(this::onSignal, "linnet-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      node.start();
      if (!asked) {
        out.println(node.announcement());
        out.flush();
      }
      CompletableFuture<Void> watched =
          node.failure()
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null) {
                      end.completeExceptionally(failure);
                    }
                  });
      end.join();
      watched.cancel(false);
      return 0;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    } finally {
      node.close();
      stopped.countDown();
      if (!asked) {
        forget(hook);
      }
    }
  }

  private void onSignal() {
    asked = true;
    end.complete(null);
    // Not left to the end of the hooks: the exit code of a clean stop is 0, whatever the signal.
    Runtime.getRuntime().halt(awaitStop() ? 0 : 1);
  }

  private boolean awaitStop() {
    try {
      return stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal came just now: the hook finds everything stopped.
      return;
    }
  }
}
