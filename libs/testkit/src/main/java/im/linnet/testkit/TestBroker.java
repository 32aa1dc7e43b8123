package im.linnet.testkit;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.schemas.TopicCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real Kafka broker in this JVM with its log in a temporary directory. Starts within a second or
 * two the first time, in less after that. Used by one test thread.
 */
public final class TestBroker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final TempDirectory directory;
  private final int port;
  private EmbeddedBroker broker;

  private TestBroker(TempDirectory directory) {
    this.directory = directory;
    broker = start(0);
    port = broker.port();
  }

  /** A new broker on a free port, without any topic. */
  public static TestBroker start() {
    TempDirectory directory = new TempDirectory("linnet-broker-");
    try {
      return new TestBroker(directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** A new broker with all topics of the catalogue. */
  public static TestBroker start(TopicCatalogue catalogue) {
    TestBroker broker = start();
    try {
      broker.createTopics(catalogue);
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** {@code host:port}, the same after a {@link #restart()}. */
  public String bootstrapServers() {
    return EmbeddedBrokerConfig.DEFAULT_HOST + ":" + port;
  }

  /** The id of the log, the same after a {@link #restart()}. */
  public String clusterId() {
    return broker.clusterId();
  }

  /** Creates every topic of the catalogue, with its settings. */
  public void createTopics(TopicCatalogue catalogue) {
    create(
        TopicCatalogue.all().stream()
            .map(topic -> newTopic(topic.name(), catalogue.partitions(topic), topic.config()))
            .toList());
  }

  /** Creates one topic; settings as Kafka names them. */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    create(List.of(newTopic(name, partitions, settings)));
  }

  /** Stops cleanly; clients cannot connect until {@link #startAgain()}. */
  public void stop() {
    broker.close();
  }

  /** Starts on the same port and data, after {@link #stop()}. */
  public void startAgain() {
    broker = start(port);
  }

  /** {@link #stop()}, then {@link #startAgain()}. */
  public void restart() {
    stop();
    startAgain();
  }

  /** Stops, and deletes the data. */
  @Override
  public void close() {
    broker.close();
    directory.close();
  }

  private EmbeddedBroker start(int onPort) {
    EmbeddedBroker started =
        new EmbeddedBroker(EmbeddedBrokerConfig.in(directory.path()).withPort(onPort));
    started.start();
    return started;
  }

  private void create(Collection<NewTopic> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(topics).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot create topics: " + e, e);
    }
  }

  private static NewTopic newTopic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }
}
