package im.linnet.cli.config;

import im.linnet.broker.EmbeddedBrokerConfig;
import picocli.CommandLine.Option;

/** The embedded broker. */
public final class BrokerOptions {
  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      description = "Port of the embedded broker, on loopback (default: ${DEFAULT-VALUE}).")
  int kafkaPort = 9092;

  /**
   * A broker with its log in that data directory.
   *
   * @throws ConfigException if the port is taken
   */
  public EmbeddedBrokerConfig config(DataFolder folder) {
    Ports.requireFree(EmbeddedBrokerConfig.DEFAULT_HOST, kafkaPort, "--kafka-port");
    return EmbeddedBrokerConfig.in(folder.kafka()).withPort(kafkaPort);
  }
}
