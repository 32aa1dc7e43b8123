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
 * Takes the answers of Kafka's admin client, each in bounded time, and says in our words what kept
 * one. Safe on any thread.
 *
 * @param brokers the addresses that were asked
 */
record AdminAnswers(String brokers) {
  /** Kafka's own limit is 10 s; this one is for a client that lost its thread. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** An answer that comes in time or fails. One of Kafka's own futures has no time-out. */
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

  /** Waits whether it succeeds; false where it fails in the way that is expected. */
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

  /** Waits for an answer. */
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
          new LogUnavailableException("Kafka at " + brokers + ": " + what + ": " + cause, cause);
    };
  }
}
