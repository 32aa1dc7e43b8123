package im.linnet.persister;

import im.linnet.log.LatencyBuckets;
import im.linnet.log.group.LoopListener;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The meters of a persister, except those of its applier. Safe on any thread. */
final class PersisterMeters implements LoopListener {
  private final Timer batch;
  private final MultiGauge lag;

  /**
   * @param ready whether batches are taken; asked at each scrape
   */
  PersisterMeters(MeterRegistry registry, BooleanSupplier ready) {
    Gauge.builder("linnet.persister.ready", ready, is -> is.getAsBoolean() ? 1 : 0)
        .description("1 while batches are taken")
        .strongReference(true)
        .register(registry);
    batch =
        Timer.builder("linnet.persister.batch")
            .description("From a batch's arrival to its being in the view")
            .serviceLevelObjectives(LatencyBuckets.bounds())
            .register(registry);
    lag =
        MultiGauge.builder("linnet.persister.lag")
            .description("Offsets that the view lacks")
            .register(registry);
  }

  @Override
  public void handled(int records, Duration took) {
    batch.record(took);
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
    lag.register(rows, true);
  }
}
