package im.linnet.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The official images of Kafka and MongoDB, one container of each for all tests of a JVM. They
 * start at the first call and end with the JVM. Any thread may ask.
 */
public final class Containers {
  /** The JUnit tag of the tests that need a Docker engine. */
  public static final String TAG = "docker";

  private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.3.1");
  private static final DockerImageName MONGO = DockerImageName.parse("mongo:8.0");
  private static final long PATIENCE_SECONDS = 20;

  /** A busy machine takes its time. */
  private static final Duration START = Duration.ofMinutes(3);

  private Containers() {}

  /** The connection string of the MongoDB, without a database. */
  public static String mongoUri() {
    return Mongo.SERVER.getConnectionString();
  }

  /** Whether an engine answers, by {@code docker info}; asked once. */
  static boolean available() {
    return Engine.ANSWERS;
  }

  /** The broker, which keeps what earlier tests left there. */
  static BrokerHost kafka() {
    return new Host(Kafka.BROKER);
  }

  private static final class Engine {
    static final boolean ANSWERS = answers();

    private static boolean answers() {
      try {
        Process info =
            new ProcessBuilder("docker", "info")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = info.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        info.destroyForcibly();
        return ended && info.exitValue() == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private static final class Kafka {
    static final KafkaContainer BROKER = started();

    private static KafkaContainer started() {
      KafkaContainer broker =
          new KafkaContainer(KAFKA)
              .withStartupTimeout(START)
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
              .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(2 << 20))
              .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
      broker.start();
      return broker;
    }
  }

  private static final class Mongo {
    static final MongoDBContainer SERVER = started();

    private static MongoDBContainer started() {
      MongoDBContainer server =
          new MongoDBContainer(MONGO).withReplicaSet().withStartupTimeout(START);
      server.start();
      return server;
    }
  }

  /** Stopping is pausing: a container that is started again has another port. */
  private static final class Host implements BrokerHost {
    private final KafkaContainer broker;
    private boolean paused;

    Host(KafkaContainer broker) {
      this.broker = broker;
    }

    @Override
    public String bootstrapServers() {
      return broker.getBootstrapServers();
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void stop() {
      paused = true;
      broker.getDockerClient().pauseContainerCmd(broker.getContainerId()).exec();
    }

    @Override
    public void startAgain() {
      paused = false;
      broker.getDockerClient().unpauseContainerCmd(broker.getContainerId()).exec();
    }

    @Override
    public void close() {
      // The next test takes it, also after one that failed between a stop and a start.
      if (paused) {
        startAgain();
      }
    }
  }
}
