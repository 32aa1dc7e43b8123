package im.linnet.edge.ops;

import im.linnet.log.publish.KafkaPublisher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters of one process. The root of the process makes it first and gives its registry to all
 * parts. Safe on any thread.
 */
public final class Telemetry implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters process = new ProcessMeters();
  private final List<Runnable> refreshing = new CopyOnWriteArrayList<>();

  /** A registry with the meters that every process has. */
  public Telemetry() {
    registry.config().meterFilter(KafkaPublisher.meterFilter());
    process.bindTo(registry);
  }

  /** The registry of all meters. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Adds the lag of a tail. */
  public void show(TailLag tail) {
    refreshing.add(tail::refresh);
  }

  /** All meters in Prometheus' text format. May take some ms. */
  public String scrape() {
    refreshing.forEach(Runnable::run);
    return registry.scrape();
  }

  /** Process CPU over all cores, 0 to 1; NaN if the machine cannot tell. */
  public double load() {
    Gauge gauge = registry.find("process.cpu.usage").gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
