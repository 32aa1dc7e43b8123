package im.linnet.edge.ops;

import im.linnet.log.tail.TailCounters;
import im.linnet.log.tail.TailReader;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;

/** The meters of the tail: all of its counters, and its lag in each partition. */
public final class TailMetrics {
  private final TailReader tail;
  private final MultiGauge lag;

  /** Registers all of them. */
  public TailMetrics(TailReader tail, EdgeMetrics metrics, MeterRegistry registry) {
    this.tail = tail;
    this.lag =
        MultiGauge.builder("linnet.edge.tail.lag")
            .description("Records of the log that this edge has not read yet")
            .register(registry);
    TailCounters counts = tail.counters();
    metrics.count("tail.records", "Records that came from the log", counts, TailCounters::read);
    metrics.count(
        "tail.delivered", "Records that had a local recipient", counts, TailCounters::delivered);
    metrics.count("tail.stale", "Records that came too late to count", counts, TailCounters::stale);
    metrics.count(
        "tail.malformed",
        "Records for somebody here that cannot be read",
        counts,
        TailCounters::malformed);
    metrics.count(
        "tail.duplicates",
        "Messages that stood in the log already",
        counts,
        TailCounters::duplicates);
    metrics.count(
        "tail.misidentified",
        "Messages whose headers name another identity than their value",
        counts,
        TailCounters::misidentified);
    metrics.count(
        "tail.evicted",
        "Records that left a ring because the rings were full",
        counts,
        TailCounters::evicted);
    metrics.count(
        "tail.restarts",
        "Partitions that began anew, their place being gone from the log",
        counts,
        TailCounters::restarts);
    metrics.count(
        "tail.failures",
        "Rounds of the tail that ended in an error",
        counts,
        TailCounters::failures);
    metrics.count(
        "tail.broken",
        "Records at which a mistake of ours was met; their sessions resume from the store",
        counts,
        TailCounters::broken);
    metrics.count(
        "tail.forgotten",
        "Message identities forgotten within 30 s because the duplicate filters were full",
        counts,
        TailCounters::forgottenEarly);
    metrics.gauge(
        "tail.filter.bytes", "Bytes that the duplicate filters hold", counts::filterBytes);
    metrics.gauge("tail.ring.bytes", "Bytes that the rings hold", counts::ringBytes);
    metrics.gauge("tail.partitions", "Partitions that are tailed", counts::partitions);
  }

  /** Takes over the tail's newest lags, for the next scrape. */
  void refresh() {
    Map<StreamPartition, Long> lags = tail.lags();
    List<MultiGauge.Row<?>> rows =
        lags.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                each ->
                    MultiGauge.Row.of(
                        Tags.of("partition", each.getKey().toString()), each.getValue()))
            .toList();
    lag.register(rows, true);
  }
}
