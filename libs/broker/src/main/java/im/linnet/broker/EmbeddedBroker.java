package im.linnet.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real Kafka broker with its own controller, inside this JVM. Its data directory keeps the log,
 * and the cluster id, from one start to the next.
 *
 * <p>Lifecycle: {@code new} opens nothing; {@link #start()} returns when clients can produce;
 * {@link #check()} says whether clients still can produce; {@link #close()} stops cleanly. A broker
 * is started once. To restart, create another broker on the same directory.
 *
 * <p>{@code start} and {@code close} block, and exclude each other. The other methods may be called
 * from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final EmbeddedBrokerConfig config;
  private final BrokerFaults faults;
  private final Object lifecycle = new Object();

  private volatile @Nullable Running running;
  private boolean used;

  public EmbeddedBroker(EmbeddedBrokerConfig config) {
    this.config = config;
    this.faults = new BrokerFaults(config.dataDirectory());
  }

  /**
   * Formats the directory at its first use, and starts the broker.
   *
   * @throws BrokerStartException if the port is in use, the directory is in use or closed to this
   *     user, or Kafka itself refuses to start; all sockets and files are closed again then
   * @throws BrokerFailedException if the machine prevents the start: a full disk, for example
   * @throws IllegalStateException if it was started or closed before
   */
  public void start() {
    synchronized (lifecycle) {
      if (used) {
        throw new IllegalStateException("an embedded broker is started once");
      }
      used = true;
      long began = System.nanoTime();
      KafkaExits.tell(faults);
      try {
        running = Running.begin(config, faults);
      } catch (IOException | RuntimeException | InternalError e) {
        KafkaExits.forget(faults);
        throw faults.startFailure(e);
      }
      LOG.info(
          "embedded broker ready on {} cluster={} data={} in {} ms",
          bootstrapServers(),
          clusterId(),
          config.dataDirectory(),
          Duration.ofNanos(System.nanoTime() - began).toMillis());
    }
  }

  /** Empty while the broker serves; otherwise one line with the reason. */
  public Optional<String> check() {
    Running now = running;
    if (now == null) {
      return Optional.of("the embedded broker is not running");
    }
    return faults.fatal().or(now.node()::trouble);
  }

  /**
   * A future that fails with a {@link BrokerFailedException} when the running broker cannot go on;
   * close the broker then. Without a failure the future never completes.
   */
  public CompletableFuture<Void> failure() {
    return faults.failure();
  }

  /**
   * The address for {@code bootstrap.servers}, {@code host:port}.
   *
   * @throws IllegalStateException if the broker is not running
   */
  public String bootstrapServers() {
    return BrokerSettings.address(config.host(), port());
  }

  /**
   * The port for clients, also if the configuration said 0.
   *
   * @throws IllegalStateException if the broker is not running
   */
  public int port() {
    return require().clientPort();
  }

  /**
   * The id of the log, drawn when the directory was formatted.
   *
   * @throws IllegalStateException if the broker is not running
   */
  public String clusterId() {
    return require().node().clusterId();
  }

  /** Stops within about the configured close timeout; does nothing the second time. */
  @Override
  public void close() {
    synchronized (lifecycle) {
      used = true;
      Running now = running;
      if (now == null) {
        return;
      }
      running = null;
      now.close(config.closeTimeout());
      KafkaExits.forget(faults);
      LOG.info("embedded broker stopped data={}", config.dataDirectory());
    }
  }

  private Running require() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the embedded broker is not running");
    }
    return now;
  }

  /** The resources of a running broker, in the order in which they were taken. */
  private record Running(
      DataDirectory directory, BoundSockets sockets, KafkaNode node, int clientPort) {

    static Running begin(EmbeddedBrokerConfig config, BrokerFaults faults) throws IOException {
      DataDirectory directory = DataDirectory.lock(config.dataDirectory());
      try {
        BoundSockets sockets = BoundSockets.bind(config.host(), config.port());
        try {
          directory.formatOnce();
          return new Running(
              directory, sockets, launch(config, sockets, faults), sockets.clientPort());
        } catch (IOException | RuntimeException | InternalError e) {
          sockets.close();
          throw e;
        }
      } catch (IOException | RuntimeException | InternalError e) {
        directory.close();
        throw e;
      }
    }

    private static KafkaNode launch(
        EmbeddedBrokerConfig config, BoundSockets sockets, BrokerFaults faults) {
      KafkaNode node =
          new KafkaNode(
              BrokerSettings.of(config, sockets.clientPort(), sockets.controllerPort()),
              sockets,
              faults);
      try {
        node.start();
        return node;
      } catch (RuntimeException | InternalError e) {
        node.stop(config.closeTimeout());
        throw e;
      }
    }

    void close(Duration timeout) {
      node.stop(timeout);
      try (directory;
          sockets) {
        // Kafka has closed its sockets by now; the directory is released last.
      } catch (IOException e) {
        LOG.warn("embedded broker: could not release everything", e);
      }
    }
  }
}
