package im.linnet.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Kafka settings of a broker for one machine, as a pure function of the configuration and the
 * bound ports. All other settings have Kafka's defaults.
 */
final class BrokerSettings {
  static final String CLIENT_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  private BrokerSettings() {}

  static Map<String, String> of(EmbeddedBrokerConfig config, int clientPort, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    addresses(settings, config.host(), clientPort, controllerPort);
    log(settings, config.dataDirectory());
    if (config.fsync()) {
      // Kafka flushes during the append, so before it answers the producer.
      settings.put("log.flush.interval.messages", "1");
    }
    internalTopics(settings, Integer.toString(config.internalPartitions()));
    pace(settings);
    size(settings);
    return settings;
  }

  private static void addresses(
      Map<String, String> settings, String host, int clientPort, int controllerPort) {
    String clients = CLIENT_LISTENER + "://" + address(host, clientPort);
    String controller =
        CONTROLLER_LISTENER + "://" + EmbeddedBrokerConfig.DEFAULT_HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", clients + "," + controller);
    settings.put("advertised.listeners", clients + "," + controller);
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "controller.quorum.voters",
        NODE_ID + "@" + EmbeddedBrokerConfig.DEFAULT_HOST + ":" + controllerPort);
  }

  private static void log(Map<String, String> settings, Path dataDirectory) {
    settings.put("log.dirs", dataDirectory.toAbsolutePath().toString());
    settings.put("auto.create.topics.enable", "false");
    // The log is the truth: only a topic's own settings may delete records.
    settings.put("log.retention.ms", "-1");
    settings.put("log.cleaner.enable", "true");
  }

  private static void internalTopics(Map<String, String> settings, String partitions) {
    settings.put("offsets.topic.num.partitions", partitions);
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", partitions);
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", partitions);
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("default.replication.factor", "1");
  }

  private static void pace(Map<String, String> settings) {
    // An abandoned transaction holds back every reader of its partitions until it is aborted.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // The controller drops a heartbeat that waited for half of this, so a busy machine needs room.
    settings.put("broker.heartbeat.interval.ms", "500");
    // After a kill, the next start waits until the controller has given up the killed broker.
    settings.put("broker.session.timeout.ms", "3000");
    // A quorum of one has only one candidate.
    settings.put("controller.quorum.election.timeout.ms", "200");
  }

  private static void size(Map<String, String> settings) {
    // A frame is 64 KiB at most. This is the bound of a batch of frames.
    settings.put("message.max.bytes", Integer.toString(2 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    // Several brokers may live in one test JVM, and their MBeans would collide.
    settings.put("metric.reporters", "");
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  static String address(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
