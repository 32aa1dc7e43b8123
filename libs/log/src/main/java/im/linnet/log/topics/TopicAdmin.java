package im.linnet.log.topics;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and checks the topics of the catalogue, and owns the client of the {@link LogOffsets}.
 * Safe on any thread. Every call blocks for some 10 s at most and then fails with {@link
 * LogUnavailableException}.
 */
public final class TopicAdmin implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

  private static final Duration PROPAGATION = Duration.ofSeconds(10);
  private static final long PROPAGATION_POLL_MS = 20;

  private final AdminAnswers answers;
  private final Admin admin;
  private final LogOffsets offsets;

  private TopicAdmin(String brokers, Admin admin) {
    this.answers = new AdminAnswers(brokers);
    this.admin = admin;
    this.offsets = new LogOffsets(answers, admin);
  }

  /**
   * Opens a client; connects with the first call.
   *
   * @throws LogUnavailableException if no broker's name can be resolved now
   * @throws IllegalArgumentException if a client setting cannot be used
   */
  public static TopicAdmin open(KafkaSettings settings) {
    String brokers = settings.bootstrapServers();
    try {
      return new TopicAdmin(brokers, KafkaClients.admin(settings, "linnet-topic-admin"));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason = String.valueOf(cause.getMessage());
      // The resolver may know the name later; a wrong setting stays wrong.
      if (reason.contains("bootstrap.servers")) {
        throw new LogUnavailableException(
            "Kafka at " + brokers + ": no such host can be found", cause);
      }
      throw new IllegalArgumentException("Kafka's settings: " + reason, e);
    }
  }

  /** Asks for offsets by this client, while it is open. */
  public LogOffsets offsets() {
    return offsets;
  }

  /** The id of the log: Kafka's cluster id. */
  public String clusterId() {
    return answers.get("the cluster id", admin.describeCluster().clusterId());
  }

  /**
   * Creates the missing topics, and returns once each partition has a leader that answers. Existing
   * topics are left as they are, even if they differ from the catalogue.
   *
   * @param replication copies of each partition
   * @param minInSync {@code min.insync.replicas}, the least copies behind an ack; at most {@code
   *     replication}
   * @return the names of the created topics
   */
  public List<String> create(TopicCatalogue catalogue, int replication, int minInSync) {
    if (minInSync < 1 || minInSync > replication) {
      throw new IllegalArgumentException(
          "min.insync.replicas must be 1 to " + replication + ", not " + minInSync);
    }
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic topic : TopicCatalogue.all()) {
      Map<String, String> config = new HashMap<>(topic.config());
      config.put("min.insync.replicas", Integer.toString(minInSync));
      wanted.add(
          new NewTopic(topic.name(), catalogue.partitions(topic), (short) replication)
              .configs(config));
    }
    List<String> created = new ArrayList<>();
    admin
        .createTopics(wanted)
        .values()
        .forEach(
            (name, result) -> {
              if (answers.succeeded("creating " + name, result, TopicExistsException.class)) {
                created.add(name);
              }
            });
    // Only existing partitions: an older topic may have fewer than the catalogue wants.
    offsets.ends(
        awaitVisible().stream()
            .flatMap(topic -> LogPartition.all(topic.name(), topic.partitions().size()).stream())
            .toList());
    if (!created.isEmpty()) {
      LOG.info("created {} topics: {}", created.size(), created);
    }
    return List.copyOf(created);
  }

  /**
   * All differences between the cluster's topics and the catalogue. Fewer copies behind an ack than
   * the brokers could give count as a difference, too.
   */
  public List<TopicDrift> check(TopicCatalogue catalogue) {
    return check(catalogue, answers.get("the brokers", admin.describeCluster().nodes()).size());
  }

  List<TopicDrift> check(TopicCatalogue catalogue, int brokers) {
    TopicComparison comparison = new TopicComparison(brokers);
    List<Topic> topics = TopicCatalogue.all();
    Map<String, TopicDescription> descriptions = describe(topics);
    Map<ConfigResource, Config> configs =
        answers.get(
            "the topics' settings",
            admin
                .describeConfigs(descriptions.keySet().stream().map(TopicAdmin::resource).toList())
                .all());
    List<TopicDrift> drifts = new ArrayList<>();
    for (Topic topic : topics) {
      int expected = catalogue.partitions(topic);
      TopicDescription description = descriptions.get(topic.name());
      Config config = configs.get(resource(topic.name()));
      if (description == null || config == null) {
        drifts.add(TopicDrift.missing(topic, expected));
        continue;
      }
      drifts.addAll(comparison.drifts(topic, expected, description, config));
    }
    return List.copyOf(drifts);
  }

  /**
   * The check that every process does before it opens a socket. Differences that only warn are
   * logged loudly.
   *
   * @throws TopicMismatchException if a topic is missing, or differs in a setting that a guarantee
   *     needs
   */
  public void requireMatching(TopicCatalogue catalogue) {
    List<TopicDrift> stops = new ArrayList<>();
    for (TopicDrift drift : check(catalogue)) {
      switch (drift.severity()) {
        case STOPS -> stops.add(drift);
        case DELETES, WARNS -> LOG.warn("TOPIC DRIFT {}", drift.message());
      }
    }
    if (!stops.isEmpty()) {
      throw new TopicMismatchException(stops);
    }
  }

  /**
   * The partitions that should keep all messages for ever, but have lost their first ones.
   *
   * @throws LogUnavailableException if Kafka does not answer
   */
  public List<TopicDrift> deleted() {
    List<Topic> kept =
        TopicCatalogue.all().stream()
            .filter(topic -> "-1".equals(topic.config().get("retention.ms")))
            .toList();
    List<TopicDrift> drifts = new ArrayList<>();
    Map<String, TopicDescription> descriptions = describe(kept);
    for (Topic topic : kept) {
      TopicDescription description = descriptions.get(topic.name());
      if (description != null) {
        offsets
            .starts(LogPartition.all(topic.name(), description.partitions().size()))
            .forEach(
                (partition, first) -> {
                  if (first > 0) {
                    drifts.add(TopicDrift.deleted(topic, partition.partition(), first));
                  }
                });
      }
    }
    return List.copyOf(drifts);
  }

  /** Empty while Kafka answers; otherwise one line with the reason. Blocks. */
  public Optional<String> check() {
    try {
      clusterId();
      return Optional.empty();
    } catch (LogUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }

  private Map<String, TopicDescription> describe(List<Topic> topics) {
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(topics.stream().map(Topic::name).toList())
        .topicNameValues()
        .forEach(
            (name, result) -> {
              if (answers.succeeded(
                  "topic " + name, result, UnknownTopicOrPartitionException.class)) {
                found.put(name, answers.get("topic " + name, result));
              }
            });
    return found;
  }

  /** The controller knows a new topic before every broker does. */
  private Collection<TopicDescription> awaitVisible() {
    List<Topic> topics = TopicCatalogue.all();
    long deadline = System.nanoTime() + PROPAGATION.toNanos();
    Map<String, TopicDescription> visible = describe(topics);
    while (visible.size() < topics.size()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LogUnavailableException(
            "the created topics are not visible after " + PROPAGATION, new TimeoutException());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PROPAGATION_POLL_MS);
      } catch (InterruptedException e) {
        throw AdminAnswers.interrupted("waiting for the created topics", e);
      }
      visible = describe(topics);
    }
    return visible.values();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
