package im.linnet.log.tail;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budget of all duplicate filters of a tail together, in bytes. If they hold too much, the
 * oldest identities of all are forgotten. If an identity is forgotten before its span is over, a
 * second copy of its message may pass. This is counted, logged, and shown by {@link #overfull} for
 * a minute. Owned by the tail's thread, except {@link #overfull}.
 *
 * <p>The newest record of all partitions decides whether a span is over. A partition without new
 * records has no newer time of its own, and would seem to need all of its identities.
 */
final class FilterBudget {
  private static final Logger LOG = LoggerFactory.getLogger(FilterBudget.class);

  private static final long SLICE_MILLIS = 1_000;

  /**
   * The most difference between the clocks of brokers, and between the progress of two partitions.
   */
  private static final long SLACK_MILLIS = 10_000;

  private static final int FREED_AT_ONCE = 16;
  private static final long SHOWN_NANOS = Duration.ofMinutes(1).toNanos();

  private final long most;
  private final TailMeters meters;
  private final LongSupplier nanos;
  private long bytes;
  private long newestTime;
  private volatile boolean forgot;
  private volatile long forgotNanos;

  /**
   * @param most the most bytes of the filters
   */
  FilterBudget(long most, TailMeters meters, LongSupplier nanos) {
    this.most = most;
    this.meters = meters;
    this.nanos = nanos;
  }

  /** Notes that a filter has grown by that many bytes, or shrunk. */
  void add(long delta) {
    bytes += delta;
    meters.filterBytes.set(bytes);
  }

  /** Notes a record of that broker time, in any partition. */
  void reached(long time) {
    newestTime = Math.max(newestTime, time);
  }

  /**
   * Forgets the oldest identities of all if the filters hold too much.
   *
   * @param partitions all partitions with a filter
   */
  void enforce(Collection<TailPartition> partitions) {
    if (bytes <= most) {
      return;
    }
    long early = 0;
    long target = most - most / FREED_AT_ONCE;
    while (bytes > target) {
      long oldest = Long.MAX_VALUE;
      for (TailPartition partition : partitions) {
        oldest = Math.min(oldest, partition.filter().identities().oldestTime());
      }
      if (oldest == Long.MAX_VALUE) {
        break;
      }
      for (TailPartition partition : partitions) {
        early += forget(partition.filter().identities(), oldest + SLICE_MILLIS, target);
      }
    }
    if (early > 0) {
      tell(early);
    }
  }

  private long forget(DuplicateFilter filter, long until, long target) {
    long early = 0;
    while (bytes > target && filter.oldestTime() <= until) {
      long before = filter.bytes();
      early += filter.forgetOldest(newestTime - SLACK_MILLIS);
      add(filter.bytes() - before);
    }
    return early;
  }

  private void tell(long early) {
    meters.forgottenEarly.increment((double) early);
    if (!overfull()) {
      LOG.warn(
          "the duplicate filters hold {} bytes, all that they may; {} identities were forgotten"
              + " within {} s, and second copies of their messages may be delivered",
          most,
          early,
          DuplicateFilter.SPAN_MILLIS / 1_000);
    }
    forgotNanos = nanos.getAsLong();
    forgot = true;
  }

  /** Whether identities were forgotten too early within the last minute. Any thread. */
  boolean overfull() {
    return forgot && nanos.getAsLong() - forgotNanos < SHOWN_NANOS;
  }
}
