package im.linnet.cli.node;

import im.linnet.log.KafkaSettings;
import im.linnet.log.TopicAdmin;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A persister alone in its process. */
public final class PersisterProcess implements Node {
  private final String instance;
  private final KafkaSettings kafka;
  private final RecordStore store;
  private final Optional<TopicCatalogue> given;
  private final Optional<HttpAddress> health;
  private final Started started = new Started();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable Persister persister;

  /**
   * Opens nothing yet.
   *
   * @param store closed here
   * @param given the partition counts that the operator named
   * @param health where to answer for health and metrics; nowhere where it is empty
   */
  public PersisterProcess(
      String instance,
      KafkaSettings kafka,
      RecordStore store,
      Optional<TopicCatalogue> given,
      Optional<HttpAddress> health) {
    this.instance = instance;
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
      catalogue = FirstContact.catalogue(admin, given);
    }
    PersisterConfig config =
        PersisterConfig.DEFAULT.withInstance(instance).withCatalogue(catalogue);
    Persister fresh = started.add("persister", new Persister(config, kafka, store));
    fresh.bindTo(meters);
    persister = fresh;
    fresh.start();
  }

  @Override
  public Optional<String> check() {
    return persister == null ? Optional.of("the persister is not running") : persister.check();
  }

  @Override
  public CompletableFuture<Void> failure() {
    return persister == null ? new CompletableFuture<>() : persister.stopped();
  }

  @Override
  public String announcement() {
    return "ready: persister " + instance + " reads " + kafka.bootstrapServers();
  }

  @Override
  public void close() {
    started.close();
  }
}
