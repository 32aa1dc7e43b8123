package im.linnet.testkit;

import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/**
 * A real Kafka broker for a test: in this JVM with its log in a temporary directory, which starts
 * within a second or two the first time, and in less after that. Where the environment variable
 * {@code LINNET_TEST_KAFKA} names a cluster it is that one, and in a class with {@link
 * OnContainers} a container. Those are shared by all tests: each begins with deleting the topics
 * whose names begin with {@code im.}. Used by one test thread.
 */
public final class TestBroker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final String OURS = "im.";

  private static volatile boolean onContainers;

  private final BrokerHost host;

  private TestBroker(BrokerHost host) {
    this.host = host;
  }

  static void onContainers(boolean from) {
    onContainers = from;
  }

  /** A broker without any topic of ours. */
  public static TestBroker start() {
    TestBroker broker = new TestBroker(host());
    if (broker.host.isShared()) {
      broker.deleteTopics(topic -> topic.startsWith(OURS));
    }
    return broker;
  }

  private static BrokerHost host() {
    if (onContainers) {
      return Containers.kafka();
    }
    BrokerHost given = GivenCluster.of(System.getenv(GivenCluster.VARIABLE));
    return given == null ? new EmbeddedHost() : given;
  }

  /** A broker with all topics of the catalogue, empty. */
  public static TestBroker start(TopicCatalogue catalogue) {
    return start(catalogue, Map.of());
  }

  /** The same, where the records keep the times that their producers give them. */
  public static TestBroker keepingTimes(TopicCatalogue catalogue) {
    return start(catalogue, Map.of("message.timestamp.type", "CreateTime"));
  }

  private static TestBroker start(TopicCatalogue catalogue, Map<String, String> settings) {
    TestBroker broker = start();
    try {
      broker.createTopics(catalogue, settings);
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** {@code host:port}, the same after a {@link #restart()}. */
  public String bootstrapServers() {
    return host.bootstrapServers();
  }

  /** The id of the log, the same after a {@link #restart()}. */
  public String clusterId() {
    return ask(admin -> admin.describeCluster().clusterId());
  }

  /** Creates every topic of the catalogue, with its settings. */
  public void createTopics(TopicCatalogue catalogue) {
    createTopics(catalogue, Map.of());
  }

  private void createTopics(TopicCatalogue catalogue, Map<String, String> instead) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : TopicCatalogue.all()) {
      Map<String, String> settings = new HashMap<>(topic.config());
      settings.putAll(instead);
      topics.add(newTopic(topic.name(), catalogue.partitions(topic), settings));
    }
    create(topics);
  }

  /** Creates one topic; settings as Kafka names them. */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    if (host.isShared()) {
      deleteTopics(name::equals);
    }
    create(List.of(newTopic(name, partitions, settings)));
  }

  /** Stops; clients get no answer until {@link #startAgain()}. */
  public void stop() {
    host.stop();
  }

  /** Starts at the same address and on the same data, after {@link #stop()}. */
  public void startAgain() {
    host.startAgain();
  }

  /** {@link #stop()}, then {@link #startAgain()}. */
  public void restart() {
    stop();
    startAgain();
  }

  /** Stops a broker of its own, and deletes its data. */
  @Override
  public void close() {
    host.close();
  }

  private void deleteTopics(Predicate<String> which) {
    Set<String> topics =
        ask(admin -> admin.listTopics().names()).stream()
            .filter(which)
            .collect(Collectors.toUnmodifiableSet());
    ask(admin -> admin.deleteTopics(topics).all());
  }

  private void create(Collection<NewTopic> topics) {
    ask(admin -> admin.createTopics(topics).all());
  }

  private <T> T ask(Function<Admin, KafkaFuture<T>> question) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      return question.apply(admin).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a broker was asked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker of a test does not do what it is asked: " + e, e);
    }
  }

  private static NewTopic newTopic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }
}
