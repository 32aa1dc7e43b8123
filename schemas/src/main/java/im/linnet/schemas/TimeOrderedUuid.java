package im.linnet.schemas;

import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): milliseconds since the epoch first, then 74 random
 * bits. A later id sorts later. So new identities of one recipient arrive at one end of that
 * recipient's range in the store's index. Random ids would touch an index page each.
 */
public final class TimeOrderedUuid {
  private static final int RANDOM_AND_VERSION_BITS = 16;
  private static final long VERSION = 0x7000;
  private static final long RANDOM = 0x0fff;

  private TimeOrderedUuid() {}

  /**
   * A new UUID, as text of 36 characters; safe on any thread.
   *
   * @param millis the present time, since the epoch
   */
  public static String at(long millis) {
    UUID random = UUID.randomUUID();
    long most =
        (millis << RANDOM_AND_VERSION_BITS) | VERSION | (random.getMostSignificantBits() & RANDOM);
    return new UUID(most, random.getLeastSignificantBits()).toString();
  }
}
