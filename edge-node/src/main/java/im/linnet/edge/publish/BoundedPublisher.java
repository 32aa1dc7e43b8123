package im.linnet.edge.publish;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.ops.EdgeMetrics.PublishOutcome;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.PublishException;
import im.linnet.log.publish.PublishException.Reason;
import im.linnet.log.publish.Publisher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A publisher with a bound on what is under way, and with counters. */
public final class BoundedPublisher implements Publisher {
  private final Publisher publisher;
  private final int most;
  private final EdgeMetrics metrics;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param most records under way; one more fails as overloaded
   */
  public BoundedPublisher(Publisher publisher, int most, EdgeMetrics metrics) {
    this.publisher = publisher;
    this.most = most;
    this.metrics = metrics;
  }

  @Override
  public CompletableFuture<Appended> publish(OutgoingRecord record) {
    if (inFlight.incrementAndGet() > most) {
      inFlight.decrementAndGet();
      metrics.published(PublishOutcome.OVERLOADED);
      return CompletableFuture.failedFuture(
          new PublishException(Reason.OVERLOADED, most + " records are under way"));
    }
    long began = System.nanoTime();
    return publisher
        .publish(record)
        .whenComplete(
            (appended, failure) -> {
              inFlight.decrementAndGet();
              if (failure == null) {
                metrics.acked(System.nanoTime() - began);
              } else {
                metrics.published(outcome(failure));
              }
            });
  }

  private static PublishOutcome outcome(Throwable failure) {
    return switch (reason(failure)) {
      case OVERLOADED -> PublishOutcome.OVERLOADED;
      case TIMEOUT -> PublishOutcome.TIMEOUT;
      case STALE -> PublishOutcome.STALE;
      case FATAL -> PublishOutcome.FATAL;
    };
  }

  /** Why a publication failed, also where the failure travelled through further stages. */
  public static Reason reason(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Callbacks.cause(failure);
    return cause instanceof PublishException known ? known.reason() : Reason.FATAL;
  }

  @Override
  public int partition(String topic, String key) {
    return publisher.partition(topic, key);
  }

  /** Records under way. */
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
