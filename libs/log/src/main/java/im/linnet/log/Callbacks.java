package im.linnet.log;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks of futures, and does not lose their exceptions. The JDK keeps such an exception in
 * a stage that nobody looks at, and it ends a periodic task. Here it is logged, and the caller can
 * learn of it. Safe on any thread.
 */
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private Callbacks() {}

  /**
   * Calls back once the stage is done, on the thread that completes it. If the stage is done
   * already, it calls back at once.
   *
   * @param then takes the result or the failure; the other one is null
   * @param broken takes the exception of {@code then}, after it was logged; must not throw
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

  /** Calls back once the stage is done. An exception of the callback is only logged. */
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

  /** A periodic task that survives its exceptions: they are logged. */
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
