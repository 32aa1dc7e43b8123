package im.linnet.edge.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ids of sessions: the edge's epoch at their start, then 96 random bits. The epoch in the id
 * distinguishes a first {@code opened} record from a later announcement of the same session under a
 * newer epoch.
 */
public final class SessionIds implements Supplier<String> {
  private static final int RANDOM_BYTES = 12;
  private static final int RADIX = 36;

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier epoch;

  /**
   * @param epoch gives the current epoch at each call
   */
  public SessionIds(LongSupplier epoch) {
    this.epoch = epoch;
  }

  @Override
  public String get() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return prefix(epoch.getAsLong())
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a session announced under that epoch also began in it. */
  public static boolean isFirst(String session, long epoch) {
    return session.startsWith(prefix(epoch));
  }

  private static String prefix(long epoch) {
    return Long.toString(epoch, RADIX) + ".";
  }
}
