package im.linnet.edge.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The registry of one edge: its own meters and the basics of its JVM. */
public final class Telemetry implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final EdgeMetrics metrics;

  /** Makes it, with every meter there. */
  public Telemetry() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    this.metrics = new EdgeMetrics(registry);
  }

  /** The edge's own meters. */
  public EdgeMetrics metrics() {
    return metrics;
  }

  /** What is scraped. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Process CPU over all cores, 0 to 1; NaN where the machine cannot tell. */
  public double load() {
    Gauge gauge = registry.find("process.cpu.usage").gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
