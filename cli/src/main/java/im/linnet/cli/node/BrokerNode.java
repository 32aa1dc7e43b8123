package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.edge.Closers;
import im.linnet.log.KafkaSettings;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.schemas.TopicCatalogue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.event.Level;

/** The embedded broker alone, with the topics of the catalogue. */
public final class BrokerNode implements Node {
  private final EmbeddedBrokerConfig config;
  private final Optional<TopicCatalogue> given;
  private final Closers started = new Closers(Level.DEBUG);
  private final EmbeddedBroker broker;

  /**
   * Opens nothing yet.
   *
   * @param given the partition counts that the operator named
   */
  public BrokerNode(EmbeddedBrokerConfig config, Optional<TopicCatalogue> given) {
    this.config = config;
    this.given = given;
    this.broker = new EmbeddedBroker(config);
  }

  @Override
  public void start() {
    started.add("broker", broker);
    BrokerStart.of(broker);
    createTopics(KafkaSettings.of(broker.bootstrapServers()), given);
    started.tellAt(Level.INFO);
  }

  /** Creates missing topics, and checks the others. */
  static TopicCatalogue createTopics(KafkaSettings kafka, Optional<TopicCatalogue> given) {
    try (TopicAdmin admin = TopicAdmin.open(kafka)) {
      TopicCatalogue catalogue = Topics.catalogue(admin, given, TopicCatalogue.EMBEDDED);
      admin.create(catalogue, 1, 1);
      admin.requireMatching(catalogue);
      return catalogue;
    }
  }

  @Override
  public Optional<String> check() {
    return broker.check();
  }

  @Override
  public String announcement() {
    return "ready: Kafka broker on "
        + broker.bootstrapServers()
        + ", log "
        + broker.clusterId()
        + ", data in "
        + config.dataDirectory()
        + (config.fsync() ? ", synced before each ack" : "");
  }

  @Override
  public CompletableFuture<Void> failure() {
    return broker.failure();
  }

  @Override
  public void close() {
    started.close();
  }
}
