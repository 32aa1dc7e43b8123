package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way: Kafka's callback and the caller's future. It is sent on the caller's
 * thread, and completed on Kafka's thread, or by the watchdog if Kafka never calls back.
 */
final class Publication implements Callback {
  /** Told the ends of publications, before their futures complete. */
  interface Outcome {
    /**
     * Kafka has acknowledged the record. Returns whether the record counts, that is, is not stale.
     */
    boolean acknowledged(Publication publication, RecordMetadata metadata);

    /** Kafka has refused the record. */
    void failed(Publication publication, PublishFailures.Verdict verdict, Throwable failure);

    /** Called once at the end, with the failure; null if the record is in the log and counts. */
    void ended(Publication publication, @Nullable Reason reason);
  }

  private final Outcome outcome;
  private final Producer<byte[], byte[]> producer;
  private final long publishedMillis;
  private final boolean brokerTime;
  private final long startedNanos = System.nanoTime();
  private final Thread caller = Thread.currentThread();
  private final boolean counted;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CompletableFuture<Appended> future = new CompletableFuture<>();
  private volatile boolean sending = true;

  /**
   * @param publishedMillis the record's {@code ce_time}
   * @param brokerTime whether its topic carries the broker's append time
   * @param counted whether the publisher's bound and listener count it
   */
  Publication(
      Outcome outcome,
      Producer<byte[], byte[]> producer,
      long publishedMillis,
      boolean brokerTime,
      boolean counted) {
    this.outcome = outcome;
    this.producer = producer;
    this.publishedMillis = publishedMillis;
    this.brokerTime = brokerTime;
    this.counted = counted;
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

  boolean counted() {
    return counted;
  }

  long startedNanos() {
    return startedNanos;
  }

  CompletableFuture<Appended> future() {
    return future;
  }

  /**
   * {@code send} has returned: from now on a callback is about a record that Kafka's producer has
   * taken.
   */
  void taken() {
    sending = false;
  }

  /** {@code send} has thrown. */
  void refused(RuntimeException failure) {
    fail(failure, false);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      // Kafka reports a record that it did not take inside send, on the caller's thread.
      boolean sent = !(sending && Thread.currentThread() == caller);
      fail(failure, sent);
      return;
    }
    if (metadata == null) {
      fail(new IllegalStateException("Kafka gave neither metadata nor a failure"), true);
      return;
    }
    if (outcome.acknowledged(this, metadata)) {
      if (end(null)) {
        future.complete(
            new Appended(metadata.partition(), metadata.offset(), metadata.timestamp()));
      }
    } else {
      fail(
          new PublishException(
              Reason.STALE,
              "reached the broker "
                  + (metadata.timestamp() - publishedMillis)
                  + " ms after it was made, too late to count"));
    }
  }

  /** Gives up waiting for an answer. */
  void abandon(String why) {
    fail(new PublishException(Reason.TIMEOUT, why));
  }

  private void fail(Throwable failure, boolean sent) {
    PublishFailures.Verdict verdict = PublishFailures.judge(failure, sent);
    outcome.failed(this, verdict, failure);
    fail(
        new PublishException(
            verdict.reason(),
            String.valueOf(failure.getMessage()),
            PublishFailures.tooLarge(failure)));
  }

  private void fail(PublishException why) {
    if (end(why.reason())) {
      future.completeExceptionally(why);
    }
  }

  /** Kafka's answer may come after the publication was given up. */
  private boolean end(@Nullable Reason reason) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    outcome.ended(this, reason);
    return true;
  }
}
