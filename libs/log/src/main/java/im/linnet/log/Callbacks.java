package im.linnet.log;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what follows a future, and does not lose what that throws: the JDK keeps such a failure in a
 * stage that nobody looks at, and ends a periodic task by it. Here it is logged, and whoever waits
 * for the callback is told. Safe on any thread.
 */
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private Callbacks() {}

  /**
   * Calls back once the stage is done, on the thread that completes it; at once where it is.
   *
   * @param then given the result, or the failure; the other one is null
   * @param broken given what {@code then} threw, after that was logged; must not throw
   */
  public static <T> void whenDone(
      CompletionStage<T> stage,
      BiConsumer<? super T, ? super Throwable> then,
      Consumer<? super Throwable> broken) {
    var unused =
        stage.whenComplete(
            (result, failure) -> {
              try {
                then.accept(result, failure);
              } catch (Throwable thrown) {
                LOG.error("a callback failed", thrown);
                broken.accept(thrown);
              }
            });
  }

  /** As the other one, for a callback that nobody waits for. */
  public static <T> void whenDone(
      CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> then) {
    whenDone(stage, then, thrown -> {});
  }

  /** The failure itself, without the wrapper that futures put around it between two stages. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause : failure;
  }

  /**
   * The failure itself, to be thrown: without the wrapper if it is unchecked, else as it was, or in
   * a wrapper of its own.
   */
  public static RuntimeException unchecked(Throwable failure) {
    if (cause(failure) instanceof RuntimeException own) {
      return own;
    }
    return failure instanceof RuntimeException wrapper
        ? wrapper
        : new IllegalStateException(failure);
  }

  /** The same task, but one whose exception is logged and thrown at nobody: for periodic tasks. */
  public static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException thrown) {
        LOG.error("a periodic task failed", thrown);
      }
    };
  }
}
