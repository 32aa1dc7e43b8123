package im.linnet.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that moves only on the test's command. It is a {@link Clock}, and so an {@link
 * java.time.InstantSource}. Any thread may read and move it.
 */
public final class ManualClock extends Clock {
  private Instant now;

  /** Stands at 2026-01-01T00:00:00Z. */
  public ManualClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  public ManualClock(Instant start) {
    now = start;
  }

  /** Moves forward, or back for a negative duration, and returns the new time. */
  public synchronized Instant advance(Duration by) {
    now = now.plus(by);
    return now;
  }

  /** Jumps to the given time. */
  public synchronized void set(Instant to) {
    now = to;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The tests live in UTC, like the servers. */
  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new UnsupportedOperationException("a manual clock is in UTC");
    }
    return this;
  }
}
