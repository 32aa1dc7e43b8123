package im.linnet.cli.config;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.settings.SettingException;
import picocli.CommandLine.Option;

/** The embedded broker. */
public final class BrokerOptions {
  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      description = "Port of the embedded broker, on loopback (default: ${DEFAULT-VALUE}).")
  int kafkaPort = 9092;

  @Option(
      names = "--fsync",
      description = {
        "The embedded broker syncs every message to the disk before it is acknowledged. Without it"
            + " acknowledged messages survive a killed process, but not a power cut."
      })
  boolean fsync;

  /**
   * A broker with its log in that data directory.
   *
   * @param ports the ports that this process has claimed so far
   * @throws SettingException if the port is taken
   */
  public EmbeddedBrokerConfig config(DataFolder folder, PortChecks ports) {
    ports.require(EmbeddedBrokerConfig.DEFAULT_HOST, kafkaPort, "--kafka-port");
    return EmbeddedBrokerConfig.in(folder.kafka()).withPort(kafkaPort).withFsync(fsync);
  }

  /**
   * Refuses the options of an embedded broker in a process that has none.
   *
   * @throws SettingException if {@code --fsync} is given
   */
  public void requireUnused() {
    if (fsync) {
      throw new SettingException(
          "the brokers of --kafka sync as their own settings say",
          "--fsync",
          "leave it out, or set log.flush.interval.messages=1 on those brokers");
    }
  }
}
