package im.linnet.edge;

import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.records.RecordReader;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edge: client sessions in front of the log. Construct (no I/O), {@link #start}, {@link #check},
 * {@link #close}. Safe on any thread; start and close block.
 */
public final class EdgeNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeNode.class);

  private final EdgeConfig config;
  private final RecordReader store;
  private final KafkaSettings kafka;
  private final TopicCatalogue catalogue;
  private final Telemetry telemetry;
  private final List<Readiness.Check> others;
  private @Nullable RunningEdge running;

  /**
   * @param config the edge's configuration
   * @param store the view, opened and closed by the caller
   * @param kafka the settings of the connection to the log
   * @param catalogue the topics that the log must have
   * @param telemetry gets the meters of the edge, and is shown at {@code /metrics}; closed by the
   *     caller
   * @param others the checks of the other parts of this process, for {@code /health/ready}
   */
  public EdgeNode(
      EdgeConfig config,
      RecordReader store,
      KafkaSettings kafka,
      TopicCatalogue catalogue,
      Telemetry telemetry,
      List<Readiness.Check> others) {
    this.config = config;
    this.store = store;
    this.kafka = kafka;
    this.catalogue = catalogue;
    this.telemetry = telemetry;
    this.others = List.copyOf(others);
  }

  /**
   * Connects to the log and the store, then opens the listeners. Returns once clients can connect.
   *
   * @throws RuntimeException if it cannot start, with the reason in one line; all is closed again
   *     then
   * @throws IllegalStateException if it has been started before
   */
  public synchronized void start() {
    if (running != null) {
      throw new IllegalStateException("edge " + config.edge() + " has been started");
    }
    running = RunningEdge.start(config, store, kafka, catalogue, telemetry, others);
    LOG.info("edge {} is up", config.edge());
  }

  /** Empty while the edge can serve clients; otherwise the problem, in one line. */
  public synchronized Optional<String> check() {
    return running == null ? Optional.of("edge is not started") : running.check();
  }

  /**
   * A future that completes when the edge has stopped delivering. It fails if the edge stopped
   * without a request to stop. The edge cannot go on then: its sessions are better served by
   * another edge, and the process should end.
   *
   * @throws IllegalStateException if it is not started
   */
  public CompletableFuture<Void> stopped() {
    return up().stopped();
  }

  /** The bound port of the TCP listener. */
  public int tcpPort() {
    return up().tcpPort();
  }

  /** The bound port of the HTTP listener. */
  public int httpPort() {
    return up().httpPort();
  }

  private synchronized RunningEdge up() {
    if (running == null) {
      throw new IllegalStateException("edge " + config.edge() + " is not started");
    }
    return running;
  }

  /** Sends all clients away and stops, within 10 s. Does nothing if it is not started. */
  @Override
  public synchronized void close() {
    RunningEdge edge = running;
    if (edge != null) {
      running = null;
      edge.stop();
      LOG.info("edge {} has stopped", config.edge());
    }
  }
}
