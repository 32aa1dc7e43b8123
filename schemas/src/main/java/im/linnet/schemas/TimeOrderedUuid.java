package im.linnet.schemas;

import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): milliseconds since the epoch in front, 74 random bits
 * behind. What is made later sorts later, so identities of one recipient arrive at the end of their
 * place in the store's index instead of all over it, where each would touch a page of its own.
 */
public final class TimeOrderedUuid {
  private static final int RANDOM_AND_VERSION_BITS = 16;
  private static final long VERSION = 0x7000;
  private static final long RANDOM = 0x0fff;

  private TimeOrderedUuid() {}

  /**
   * A new one, as text of 36 characters; safe on any thread.
   *
   * @param millis now, since the epoch
   */
  public static String at(long millis) {
    UUID random = UUID.randomUUID();
    long most =
        (millis << RANDOM_AND_VERSION_BITS) | VERSION | (random.getMostSignificantBits() & RANDOM);
    return new UUID(most, random.getLeastSignificantBits()).toString();
  }
}
