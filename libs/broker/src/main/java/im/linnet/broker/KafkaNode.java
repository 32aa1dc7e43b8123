package im.linnet.broker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.BrokerState;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's own controller and broker, wired as {@link KafkaRaftServer} wires them, but with Linnet's
 * sockets and fault handlers. Used by one thread at a time.
 */
final class KafkaNode {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

  private final String clusterId;
  private final Metrics metrics;
  private final ControllerServer controller;
  private final BrokerServer broker;

  /** Reads the formatted directory that the settings name; starts no thread. */
  KafkaNode(Map<String, String> settings, ServerSocketFactory sockets, BrokerFaults faults) {
    KafkaConfig config = KafkaConfig.apply(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directory =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    clusterId = directory._1().clusterId().orElseThrow();
    metrics = Server.initializeMetrics(config, Time.SYSTEM, clusterId);
    SharedServer shared =
        new SharedServer(
            config,
            directory._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            faults,
            sockets);
    broker = new GuestBroker(shared, faults);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directory._2());
  }

  /** Returns once the broker takes requests. */
  void start() {
    controller.startup();
    broker.startup();
  }

  String clusterId() {
    return clusterId;
  }

  /** The reason why the broker does not serve; empty while it serves. Any thread. */
  Optional<String> trouble() {
    BrokerState state = broker.brokerState();
    return state == BrokerState.RUNNING
        ? Optional.empty()
        : Optional.of("the embedded broker is " + state);
  }

  /**
   * Stops the broker, then the controller. The broker hands its partitions back to the controller
   * first. Also undoes a start that failed half way.
   */
  void stop(Duration brokerTimeout) {
    Utils.closeQuietly(() -> broker.shutdown(brokerTimeout), "broker");
    Utils.closeQuietly(controller::shutdown, "controller");
    Utils.closeQuietly(metrics, "metrics");
  }
}
