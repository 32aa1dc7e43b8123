package im.linnet.log.tail;

import java.time.Duration;

/**
 * The bounds of a tail.
 *
 * @param ringBytes what the rings of all partitions may hold together
 * @param linger how long a partition is kept after its last user left, so that a reconnect finds
 *     its ring
 * @param filterBytes what the duplicate filters of all partitions may hold together: 43 to 86 bytes
 *     for each message of the last 30 to 40 s
 * @param silence without an answer from Kafka for so long, the tail's check fails
 */
public record TailSettings(long ringBytes, Duration linger, long filterBytes, Duration silence) {
  /** 64 MiB of rings, kept for a minute; filters for some 40,000 messages a second. */
  public static final TailSettings DEFAULT =
      new TailSettings(64L << 20, Duration.ofSeconds(60), 128L << 20, Duration.ofSeconds(15));

  public TailSettings {
    require(ringBytes > 0, "ringBytes", ringBytes);
    require(!linger.isNegative(), "linger", linger);
    require(filterBytes > 0, "filterBytes", filterBytes);
    require(silence.isPositive(), "silence", silence);
  }

  /** These with other rings. */
  public TailSettings withRingBytes(long bytes) {
    return new TailSettings(bytes, linger, filterBytes, silence);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("tail." + name + ": " + value + " is too small");
    }
  }
}
