package im.linnet.log;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The bounds of every histogram of times, from 1 ms to 10 s. They are finest where people notice a
 * difference.
 */
public final class LatencyBuckets {
  private static final long[] MILLIS = {
    1, 2, 5, 10, 25, 50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000
  };

  private LatencyBuckets() {}

  /** The upper bounds, lowest first; a new array each time. */
  public static Duration[] bounds() {
    return LongStream.of(MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
