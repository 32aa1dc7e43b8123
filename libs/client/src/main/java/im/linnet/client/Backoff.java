package im.linnet.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015): a random time up to a bound that doubles. So clients that were cut off
 * together do not come back together. Owned by one thread.
 */
final class Backoff {
  private static final int MOST_DOUBLINGS = 30;

  private final long baseMillis;
  private final long capMillis;
  private final RandomGenerator random;
  private int attempts;

  Backoff(Duration base, Duration cap, RandomGenerator random) {
    this.baseMillis = base.toMillis();
    this.capMillis = Math.max(base.toMillis(), cap.toMillis());
    this.random = random;
  }

  /** The next pause, in ms, added to the pause that the server asked for. */
  long nextMillis(long retryAfterMillis) {
    long bound = Math.min(capMillis, baseMillis << Math.min(attempts, MOST_DOUBLINGS));
    attempts++;
    return Math.max(0, retryAfterMillis) + random.nextLong(bound + 1);
  }

  /** Begins anew with the shortest bound, after a success. */
  void reset() {
    attempts = 0;
  }
}
