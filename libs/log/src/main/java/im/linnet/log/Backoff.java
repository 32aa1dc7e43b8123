package im.linnet.log;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before the next try, with full jitter: a random time up to a bound, which doubles with
 * each failure. From Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 * Owned by one thread.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final long baseMillis;
  private final long capMillis;
  private final RandomGenerator random;
  private int failures;

  /**
   * Begins without a failure.
   *
   * @param base the bound of the first wait
   * @param cap the bound of all waits
   */
  public Backoff(Duration base, Duration cap, RandomGenerator random) {
    this.baseMillis = base.toMillis();
    this.capMillis = cap.toMillis();
    this.random = random;
  }

  /**
   * The waits of every loop that reads from Kafka: 100 ms at most at first, 5 s at most in the end.
   */
  public static Backoff ofLoops(RandomGenerator random) {
    return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
  }

  /** The wait after one more failure; 1 ms at least. */
  public Duration next() {
    long bound = Math.min(capMillis, baseMillis << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    return Duration.ofMillis(random.nextLong(1, bound + 1));
  }

  /** Forgets the failures. The next wait is short again. */
  public void reset() {
    failures = 0;
  }

  /** Failures since it last worked. */
  public int failures() {
    return failures;
  }
}
