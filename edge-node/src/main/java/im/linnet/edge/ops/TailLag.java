package im.linnet.edge.ops;

import im.linnet.log.tail.TailReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/**
 * Shows how far the tail is after the log in each partition. The partitions change with the
 * sessions, so the rows are made anew for each scrape.
 */
public final class TailLag {
  private final TailReader tail;
  private final MultiGauge lag;

  /** Registers the meter; its rows come with the first refresh. */
  public TailLag(TailReader tail, MeterRegistry registry) {
    this.tail = tail;
    this.lag =
        MultiGauge.builder("linnet.edge.tail.lag")
            .description("Records of the log that this edge has not read yet")
            .register(registry);
  }

  /** Takes over the tail's newest lags. */
  void refresh() {
    List<MultiGauge.Row<?>> rows =
        tail.lags().entrySet().stream()
            .<MultiGauge.Row<?>>map(
                each ->
                    MultiGauge.Row.of(
                        Tags.of("partition", each.getKey().toString()), each.getValue()))
            .toList();
    lag.register(rows, true);
  }
}
