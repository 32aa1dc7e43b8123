package im.linnet.persister;

import im.linnet.log.LatencyBuckets;
import im.linnet.log.group.LoopListener;
import im.linnet.persister.apply.ApplierCounters;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/** A persister's counters as meters. */
final class PersisterMetrics implements LoopListener {
  private final ApplierCounters counters;
  private final List<Timer> timers = new CopyOnWriteArrayList<>();
  private final List<MultiGauge> lags = new CopyOnWriteArrayList<>();

  PersisterMetrics(ApplierCounters counters) {
    this.counters = counters;
  }

  void bindTo(MeterRegistry registry, BooleanSupplier ready) {
    counter(
        registry,
        "linnet.persister.records",
        "Records that the view has passed",
        ApplierCounters::records);
    counter(
        registry,
        "linnet.persister.malformed",
        "Records that nobody can read, sent to the dead letters",
        ApplierCounters::malformed);
    counter(
        registry,
        "linnet.persister.unknown",
        "Records of a newer version, sent to the dead letters; rebuild with that version",
        ApplierCounters::unknown);
    counter(
        registry,
        "linnet.persister.stale",
        "Records that came too late to count",
        ApplierCounters::stale);
    counter(
        registry,
        "linnet.persister.duplicates",
        "Messages that stood in the log already",
        ApplierCounters::duplicates);
    counter(registry, "linnet.persister.batches", "Writes to the store", ApplierCounters::batches);
    counter(
        registry,
        "linnet.persister.retries",
        "Batches that had to be tried again",
        ApplierCounters::retries);
    Gauge.builder("linnet.persister.ready", ready, is -> is.getAsBoolean() ? 1 : 0)
        .description("1 while batches are taken")
        .strongReference(true)
        .register(registry);
    timers.add(
        Timer.builder("linnet.persister.batch")
            .description("From a batch's arrival to its being in the view")
            .serviceLevelObjectives(LatencyBuckets.bounds())
            .register(registry));
    lags.add(
        MultiGauge.builder("linnet.persister.lag")
            .description("Offsets that the view lacks")
            .register(registry));
  }

  private void counter(
      MeterRegistry registry, String name, String what, ToDoubleFunction<ApplierCounters> value) {
    FunctionCounter.builder(name, counters, value).description(what).register(registry);
  }

  @Override
  public void handled(int records, Duration took) {
    timers.forEach(timer -> timer.record(took));
  }

  /** Shows these lags from now on. */
  void lags(Map<StreamPartition, Long> measured) {
    List<MultiGauge.Row<?>> rows =
        measured.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                each ->
                    MultiGauge.Row.of(
                        Tags.of("partition", each.getKey().toString()), each.getValue()))
            .toList();
    lags.forEach(gauge -> gauge.register(rows, true));
  }
}
