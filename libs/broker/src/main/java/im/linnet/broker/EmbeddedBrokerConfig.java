package im.linnet.broker;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration of an {@link EmbeddedBroker}. Immutable; checked here, before a socket or file
 * opens.
 *
 * @param dataDirectory the directory of the log; created and formatted at the first start
 * @param host the loopback name or address that the broker binds and tells its clients; never a
 *     wildcard, because clients are sent to it
 * @param port the port for clients, or 0 for any free one
 * @param internalPartitions the partition count of Kafka's own topics (group offsets, transactions,
 *     share state) at their creation; a data directory keeps its first count
 * @param closeTimeout the longest time of a clean stop before it is cut short
 * @param fsync whether every append is synced to the disk before it is acknowledged. Without it an
 *     acknowledged record is in the operating system's page cache: it survives a killed process,
 *     but not a power cut
 */
public record EmbeddedBrokerConfig(
    Path dataDirectory,
    String host,
    int port,
    int internalPartitions,
    Duration closeTimeout,
    boolean fsync) {

  /** A loopback address: only this machine can reach the broker. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /**
   * Few partitions start fast, and these are enough for the groups and transactions of one machine.
   */
  public static final int DEFAULT_INTERNAL_PARTITIONS = 8;

  /** Within the ten seconds that a whole Linnet process has for its stop. */
  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_INTERNAL_PARTITIONS = 50;

  public EmbeddedBrokerConfig {
    if (host.isBlank() || host.equals("0.0.0.0") || host.equals("::")) {
      throw new IllegalArgumentException(
          "broker host must be an address that clients can be sent to, not '" + host + "'");
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("broker port must be 0 to 65535, not " + port);
    }
    if (internalPartitions < 1 || internalPartitions > MOST_INTERNAL_PARTITIONS) {
      throw new IllegalArgumentException(
          "internal partitions must be 1 to "
              + MOST_INTERNAL_PARTITIONS
              + ", not "
              + internalPartitions);
    }
    if (closeTimeout.isNegative() || closeTimeout.isZero()) {
      throw new IllegalArgumentException("close timeout must be positive, not " + closeTimeout);
    }
  }

  /** A broker on a free loopback port with its data in the given directory. */
  public static EmbeddedBrokerConfig in(Path dataDirectory) {
    return new EmbeddedBrokerConfig(
        dataDirectory, DEFAULT_HOST, 0, DEFAULT_INTERNAL_PARTITIONS, DEFAULT_CLOSE_TIMEOUT, false);
  }

  /** A copy with this port; 0 means any free one. */
  public EmbeddedBrokerConfig withPort(int newPort) {
    return new EmbeddedBrokerConfig(
        dataDirectory, host, newPort, internalPartitions, closeTimeout, fsync);
  }

  /** A copy with or without a sync before each acknowledgement. */
  public EmbeddedBrokerConfig withFsync(boolean newFsync) {
    return new EmbeddedBrokerConfig(
        dataDirectory, host, port, internalPartitions, closeTimeout, newFsync);
  }
}
