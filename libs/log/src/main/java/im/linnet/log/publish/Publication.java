package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way: Kafka's callback and the caller's future. Made and sent on the caller's
 * thread, completed on Kafka's, or by the watchdog where Kafka never calls back.
 */
final class Publication implements Callback {
  /** Learns how publications end. Called once per publication, before the future completes. */
  interface Outcome {
    /** Acknowledged; returns whether the record counts (is not stale). */
    boolean acknowledged(Publication publication, RecordMetadata metadata);

    void failed(Publication publication, PublishFailures.Verdict verdict, Throwable failure);
  }

  private final Outcome outcome;
  private final Producer<byte[], byte[]> producer;
  private final long publishedMillis;
  private final boolean brokerTime;
  private final long startedNanos = System.nanoTime();
  private final Thread caller = Thread.currentThread();
  private final CompletableFuture<Appended> future = new CompletableFuture<>();
  private volatile boolean sending = true;

  /**
   * @param publishedMillis the record's {@code ce_time}
   * @param brokerTime whether its topic carries the broker's append time
   */
  Publication(
      Outcome outcome,
      Producer<byte[], byte[]> producer,
      long publishedMillis,
      boolean brokerTime) {
    this.outcome = outcome;
    this.producer = producer;
    this.publishedMillis = publishedMillis;
    this.brokerTime = brokerTime;
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  long publishedMillis() {
    return publishedMillis;
  }

  boolean brokerTime() {
    return brokerTime;
  }

  long startedNanos() {
    return startedNanos;
  }

  CompletableFuture<Appended> future() {
    return future;
  }

  /** {@code send} returned: from now on a callback speaks of a record that Kafka had taken. */
  void taken() {
    sending = false;
  }

  /** {@code send} threw. */
  void refused(RuntimeException failure) {
    fail(failure, false);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      // Inside of send, on its own thread, Kafka reports what it did not take.
      boolean sent = !(sending && Thread.currentThread() == caller);
      fail(failure, sent);
      return;
    }
    if (metadata == null) {
      fail(new IllegalStateException("Kafka gave neither metadata nor a failure"), true);
      return;
    }
    if (outcome.acknowledged(this, metadata)) {
      future.complete(new Appended(metadata.partition(), metadata.offset(), metadata.timestamp()));
    } else {
      future.completeExceptionally(
          new PublishException(
              Reason.STALE,
              "reached the broker "
                  + (metadata.timestamp() - publishedMillis)
                  + " ms after it was made, too late to count"));
    }
  }

  /** Gives up on an answer. */
  void abandon(String why) {
    future.completeExceptionally(new PublishException(Reason.TIMEOUT, why));
  }

  private void fail(Throwable failure, boolean sent) {
    PublishFailures.Verdict verdict = PublishFailures.judge(failure, sent);
    outcome.failed(this, verdict, failure);
    future.completeExceptionally(
        new PublishException(
            verdict.reason(),
            String.valueOf(failure.getMessage()),
            PublishFailures.tooLarge(failure)));
  }
}
