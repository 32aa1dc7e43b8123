package im.linnet.cli.node;

import im.linnet.log.KafkaSettings;
import im.linnet.log.TopicAdmin;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A presence-tracker alone in its process. */
public final class PresenceProcess implements Node {
  private final String instance;
  private final String address;
  private final KafkaSettings kafka;
  private final RecordStore store;
  private final Optional<TopicCatalogue> given;
  private final Optional<HttpAddress> health;
  private final Started started = new Started();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable PresenceTracker tracker;

  /**
   * Opens nothing yet.
   *
   * @param address what stands in the store as this tracker's address
   * @param store closed here
   * @param given the partition counts that the operator named
   * @param health where to answer for health and metrics; nowhere where it is empty
   */
  public PresenceProcess(
      String instance,
      String address,
      KafkaSettings kafka,
      RecordStore store,
      Optional<TopicCatalogue> given,
      Optional<HttpAddress> health) {
    this.instance = instance;
    this.address = address;
    this.kafka = kafka;
    this.store = store;
    this.given = given;
    this.health = health;
  }

  @Override
  public void start() {
    health.ifPresent(
        address ->
            started.add("health", new HealthServer(address, this::check, meters::scrape)).start());
    started.add("store", store);
    TopicCatalogue catalogue;
    try (TopicAdmin admin = TopicAdmin.open(kafka)) {
      String log = FirstContact.with(admin::clusterId);
      catalogue = FirstContact.catalogue(admin, given);
      FirstContact.with(() -> store.open(log));
    }
    PresenceConfig config =
        PresenceConfig.DEFAULT.withInstance(instance).withAddress(address).withCatalogue(catalogue);
    PresenceTracker fresh =
        started.add("presence-tracker", new PresenceTracker(config, kafka, store));
    fresh.bindTo(meters);
    tracker = fresh;
    fresh.start();
  }

  @Override
  public Optional<String> check() {
    return tracker == null ? Optional.of("the presence-tracker is not running") : tracker.check();
  }

  @Override
  public CompletableFuture<Void> failure() {
    return tracker == null ? new CompletableFuture<>() : tracker.stopped();
  }

  @Override
  public String announcement() {
    return "ready: presence-tracker " + instance + " reads " + kafka.bootstrapServers();
  }

  @Override
  public void close() {
    started.close();
  }
}
