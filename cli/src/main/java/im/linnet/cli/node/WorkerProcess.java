package im.linnet.cli.node;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogWorker;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One worker of the log, alone in its process.
 *
 * @param <W> the worker
 */
public final class WorkerProcess<W extends LogWorker & MeterBinder> implements Node {
  /**
   * What every such process is given.
   *
   * @param instance the worker's name, unique in the cluster
   * @param kafka the log
   * @param store the view, closed by the process
   * @param given the partition counts that the operator named
   * @param health where to answer for health and metrics; nowhere where it is empty
   */
  public record Settings(
      String instance,
      KafkaSettings kafka,
      RecordStore store,
      Optional<TopicCatalogue> given,
      Optional<HttpAddress> health) {}

  private final String kind;
  private final Settings settings;
  private final Function<TopicCatalogue, W> workers;
  private final Started started = new Started();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile @Nullable W worker;

  /**
   * Opens nothing yet.
   *
   * @param kind what the worker is called in lines for people
   * @param workers makes the worker, for a log with these partition counts; opens nothing
   */
  public WorkerProcess(String kind, Settings settings, Function<TopicCatalogue, W> workers) {
    this.kind = kind;
    this.settings = settings;
    this.workers = workers;
  }

  @Override
  public void start() {
    settings
        .health()
        .ifPresent(
            address ->
                started
                    .add("health", new HealthServer(address, kind, this::check, meters::scrape))
                    .start());
    started.add("store", settings.store());
    TopicCatalogue catalogue = Opening.open(settings.kafka(), settings.store(), settings.given());
    W fresh = started.add(kind, workers.apply(catalogue));
    fresh.bindTo(meters);
    fresh.start();
    worker = fresh;
  }

  @Override
  public Optional<String> check() {
    W now = worker;
    return now == null ? Optional.of("the " + kind + " is not running") : now.check();
  }

  @Override
  public CompletableFuture<Void> failure() {
    W now = worker;
    return now == null ? new CompletableFuture<>() : now.stopped();
  }

  @Override
  public String announcement() {
    return "ready: "
        + kind
        + " "
        + settings.instance()
        + " reads "
        + settings.kafka().bootstrapServers();
  }

  @Override
  public void close() {
    started.close();
  }
}
