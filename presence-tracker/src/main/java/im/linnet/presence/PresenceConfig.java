package im.linnet.presence;

import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;

/**
 * The configuration of a presence-tracker.
 *
 * @param instance names this tracker for ever, unique among the trackers of one Kafka: its
 *     transactional id and its key in logs. Default {@code presence-1}
 * @param catalogue the partition counts of the topics; another count in Kafka stops the start.
 *     Default 64 each
 * @param address the Key of the live edges in {@code kvs}. Default {@code 127.0.0.1:0}
 * @param edgeTimeout an edge without a heartbeat for this time has lost its sessions. Default 5 s
 * @param contactGap if {@code im.edge.v1} could not be read to its end for this time, silence is
 *     counted anew for every edge; below the edge time-out. Default 2 s
 * @param usersPerStep the most users with ended sessions in one transaction; the rest follow in the
 *     next. Default 2,000
 * @param storeBatch the most users in one write to the store. Default 1,000
 * @param storeRetry the pause after the store refused. Default 500 ms
 */
public record PresenceConfig(
    String instance,
    TopicCatalogue catalogue,
    String address,
    Duration edgeTimeout,
    Duration contactGap,
    int usersPerStep,
    int storeBatch,
    Duration storeRetry) {
  /** The default configuration. */
  public static final PresenceConfig DEFAULT =
      new PresenceConfig(
          "presence-1",
          TopicCatalogue.DEFAULT,
          "127.0.0.1:0",
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          2_000,
          1_000,
          Duration.ofMillis(500));

  public PresenceConfig {
    requireText("instance", instance);
    requireText("address", address);
    requirePositive("edgeTimeout", edgeTimeout);
    requirePositive("contactGap", contactGap);
    requirePositive("storeRetry", storeRetry);
    requirePositive("usersPerStep", usersPerStep);
    requirePositive("storeBatch", storeBatch);
    if (contactGap.compareTo(edgeTimeout) >= 0) {
      throw new IllegalArgumentException(
          "presence.contactGap: " + contactGap + " is not below edgeTimeout " + edgeTimeout);
    }
  }

  /** A copy with this instance name. */
  public PresenceConfig withInstance(String name) {
    return with(name, catalogue, address);
  }

  /** A copy with these partition counts. */
  public PresenceConfig withCatalogue(TopicCatalogue counts) {
    return with(instance, counts, address);
  }

  /** A copy with this address. */
  public PresenceConfig withAddress(String hostAndPort) {
    return with(instance, catalogue, hostAndPort);
  }

  private PresenceConfig with(String name, TopicCatalogue counts, String hostAndPort) {
    return new PresenceConfig(
        name, counts, hostAndPort, edgeTimeout, contactGap, usersPerStep, storeBatch, storeRetry);
  }

  private static void requireText(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("presence." + name + ": is empty");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("presence." + name + ": " + value + " is not above 0");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("presence." + name + ": " + value + " is not above 0");
    }
  }
}
