package im.linnet.cli.node;

import im.linnet.cli.config.HttpAddress;
import im.linnet.edge.Closers;
import im.linnet.edge.ops.HealthPages;
import im.linnet.edge.ops.Telemetry;
import im.linnet.edge.transport.HealthServer;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogWorker;
import im.linnet.log.group.GroupMembers;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One worker of the log, alone in its process.
 *
 * @param <W> the worker
 */
public final class WorkerProcess<W extends LogWorker> implements Node {
  /**
   * The parts that every such process needs.
   *
   * @param instance the worker's name, unique in the cluster
   * @param kafka the log
   * @param store the view, closed by the process
   * @param given the partition counts that the operator named
   * @param health the address of the health and metrics pages; empty for none
   */
  public record Settings(
      String instance,
      KafkaSettings kafka,
      RecordStore store,
      Optional<TopicCatalogue> given,
      Optional<HttpAddress> health) {}

  /**
   * The consumer group that such workers share.
   *
   * @param name its name
   * @param session the time for which a killed worker seems alive
   */
  public record Group(String name, Duration session) {}

  private final String kind;
  private final Group group;
  private final Settings settings;
  private final BiFunction<TopicCatalogue, MeterRegistry, W> workers;
  private final Closers started = new Closers(Level.DEBUG);
  private volatile @Nullable W worker;

  /**
   * Opens nothing yet.
   *
   * @param kind the name of the kind of worker in messages
   * @param group its consumer group
   * @param workers makes the worker, for a log with these partition counts, and registers its
   *     meters; opens nothing
   */
  public WorkerProcess(
      String kind,
      Group group,
      Settings settings,
      BiFunction<TopicCatalogue, MeterRegistry, W> workers) {
    this.kind = kind;
    this.group = group;
    this.settings = settings;
    this.workers = workers;
  }

  @Override
  public void start() {
    Telemetry telemetry = started.add("telemetry", new Telemetry());
    MeterRegistry registry = telemetry.registry();
    settings
        .health()
        .ifPresent(
            address ->
                started
                    .add(
                        "health",
                        new HealthServer(
                            address.host(),
                            address.port(),
                            HealthPages.of(kind, this::check, telemetry::scrape)))
                    .start());
    started.add("store", settings.store());
    TopicCatalogue catalogue = Opening.open(settings.kafka(), settings.store(), settings.given());
    GroupMembers.requireNone(settings.kafka(), group.name(), settings.instance(), group.session());
    StoreMeters.show(settings.store(), registry);
    W fresh = started.add(kind, workers.apply(catalogue, registry));
    Gauge.builder("linnet.check.ok", this, each -> each.check().isEmpty() ? 1 : 0)
        .description("1 while that check of /health/ready passes")
        .tag("check", kind)
        .register(registry);
    fresh.start();
    GroupMembers.awaitJoined(settings.kafka(), group.name(), settings.instance());
    worker = fresh;
    started.tellAt(Level.INFO);
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
