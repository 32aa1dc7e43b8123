package im.linnet.log.topics;

import im.linnet.log.Callbacks;
import im.linnet.log.LogDeniedException;
import im.linnet.log.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Waits for the answers of Kafka's admin client, each for a bounded time, and turns failures into
 * our exceptions. Safe on any thread.
 *
 * @param brokers the addresses that were asked
 */
record AdminAnswers(String brokers) {
  /** Kafka's own limit is 10 s. This one is for a client whose thread has died. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** The answer, or a failure after the time-out. Kafka's own futures have no time-out. */
  <T> CompletableFuture<T> bounded(String what, KafkaFuture<T> answer) {
    CompletableFuture<T> bounded = new CompletableFuture<>();
    var unused =
        answer.whenComplete(
            (found, failure) -> {
              if (failure != null) {
                bounded.completeExceptionally(failure);
              } else {
                bounded.complete(found);
              }
            });
    return bounded
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(unavailable(what, failure)));
  }

  /** Waits for the result; false if it fails with the expected exception. */
  boolean succeeded(
      String what, KafkaFuture<?> result, Class<? extends Exception> expectedFailure) {
    try {
      get(what, result);
      return true;
    } catch (LogUnavailableException e) {
      if (expectedFailure.isInstance(e.getCause())) {
        return false;
      }
      throw e;
    }
  }

  /** Waits for the answer. */
  <T> T get(String what, KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(what, e);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  static LogUnavailableException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LogUnavailableException(what + ": interrupted", e);
  }

  private LogUnavailableException unavailable(String what, Throwable failure) {
    Throwable cause = Callbacks.cause(failure);
    return switch (cause) {
      case AuthenticationException refused ->
          new LogDeniedException(
              "Kafka at " + brokers + " does not take this process's user or password", refused);
      case AuthorizationException denied ->
          new LogDeniedException("Kafka at " + brokers + " denies a right: " + what, denied);
      default ->
          new LogUnavailableException(
              "Kafka at " + brokers + ": " + what + ": " + words(cause), cause);
    };
  }

  /** A wait that ends by either time-out is one thing to the operator. */
  private static String words(Throwable cause) {
    return cause instanceof TimeoutException
            || cause instanceof org.apache.kafka.common.errors.TimeoutException
        ? "no broker answers"
        : cause.toString();
  }
}
