package im.linnet.edge.ops;

import im.linnet.log.publish.PublishException.Reason;
import im.linnet.log.publish.PublishListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The outcomes of the records that the edge published. Safe on any thread. */
public final class PublishMeters implements PublishListener {
  private final Counter acked;
  private final Timer ack;
  private final Map<Reason, Counter> failures = new EnumMap<>(Reason.class);

  /** Registers all meters, so that each is there from the first scrape. */
  public PublishMeters(MeterRegistry registry) {
    this.acked = counter(registry, "acked");
    this.ack =
        EdgeMetrics.timing("ack", "From a send to Kafka's acknowledgement").register(registry);
    for (Reason reason : Reason.values()) {
      failures.put(reason, counter(registry, reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("linnet.edge.publishes")
        .description("Published records")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void acked(long nanos) {
    acked.increment();
    ack.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed(Reason reason) {
    Counter counter = failures.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
