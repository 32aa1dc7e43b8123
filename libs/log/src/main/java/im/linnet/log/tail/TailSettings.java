package im.linnet.log.tail;

import java.time.Duration;

/**
 * The bounds of a tail.
 *
 * @param ringBytes what the rings of all partitions may hold together
 * @param linger how long a partition is kept after its last user left, so that a reconnect finds
 *     its ring
 * @param identities message identities that one partition's duplicate filter may hold
 * @param silence without an answer from Kafka for so long, the tail's check fails
 */
public record TailSettings(long ringBytes, Duration linger, int identities, Duration silence) {
  /** 64 MiB of rings, kept for a minute. */
  public static final TailSettings DEFAULT =
      new TailSettings(64L << 20, Duration.ofSeconds(60), 1 << 20, Duration.ofSeconds(15));

  public TailSettings {
    require(ringBytes > 0, "ringBytes", ringBytes);
    require(!linger.isNegative(), "linger", linger);
    require(identities > 0, "identities", identities);
    require(silence.isPositive(), "silence", silence);
  }

  /** These with other rings. */
  public TailSettings withRingBytes(long bytes) {
    return new TailSettings(bytes, linger, identities, silence);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("tail." + name + ": " + value + " is too small");
    }
  }
}
