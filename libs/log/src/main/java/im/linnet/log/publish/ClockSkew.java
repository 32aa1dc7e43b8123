package im.linnet.log.publish;

import java.time.Duration;

/**
 * Estimates by how much the broker's clock is ahead of ours. A record is published at {@code t0},
 * stamped by the broker at {@code tb} and acknowledged at {@code t1}. The true difference lies
 * between {@code tb - t1} and {@code tb - t0}, even if the record waited in queues. The narrowest
 * bounds of a window count. The estimate is the value between them that is nearest to zero, so a
 * queue alone never looks like skew. The idea is that of NTP's clock filter (RFC 5905, section 10),
 * which keeps the sample with the least delay.
 *
 * <p>It keeps two half windows, and so forgets older records. Safe on any thread.
 */
final class ClockSkew {
  private final long halfWindowMillis;
  private Bounds newer = Bounds.UNKNOWN;
  private Bounds older = Bounds.UNKNOWN;
  private long newerSince = Long.MIN_VALUE;

  ClockSkew(Duration window) {
    this.halfWindowMillis = Math.max(1, window.toMillis() / 2);
  }

  /** Takes one acknowledged record; times in ms, the first and last by our clock. */
  synchronized void sample(long publishedMillis, long brokerMillis, long ackedMillis) {
    roll(ackedMillis);
    newer = newer.and(brokerMillis - ackedMillis, brokerMillis - publishedMillis);
  }

  /** The broker's clock minus ours in ms; 0 without a record in the window before {@code now}. */
  synchronized long estimateMillis(long nowMillis) {
    roll(nowMillis);
    return newer.and(older.low, older.high).nearestToZero(newer);
  }

  private void roll(long nowMillis) {
    long age = newerSince == Long.MIN_VALUE ? Long.MAX_VALUE : nowMillis - newerSince;
    // A clock that was set back starts a new window, too.
    if (age < 0 || age >= 2 * halfWindowMillis) {
      older = Bounds.UNKNOWN;
      newer = Bounds.UNKNOWN;
      newerSince = nowMillis;
    } else if (age >= halfWindowMillis) {
      older = newer;
      newer = Bounds.UNKNOWN;
      newerSince = nowMillis;
    }
  }

  private record Bounds(long low, long high) {
    static final Bounds UNKNOWN = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

    Bounds and(long otherLow, long otherHigh) {
      return new Bounds(Math.max(low, otherLow), Math.min(high, otherHigh));
    }

    /**
     * If a clock was set within the window, the bounds contradict each other. Then the newest ones
     * count.
     */
    long nearestToZero(Bounds newest) {
      Bounds sound = low <= high ? this : newest;
      if (sound.low > sound.high) {
        return sound.high;
      }
      return Math.clamp(0L, sound.low, sound.high);
    }
  }
}
