package im.linnet.log.tail;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes that all duplicate filters of a tail hold together. Where they are too many the oldest
 * identities of all are forgotten, and one that is forgotten before its span is over is counted,
 * logged, and shown by {@link #overfull} for a minute: from there on a second copy of a message may
 * pass. Owned by the tail's thread, but for {@link #overfull}.
 *
 * <p>Whether a span is over is judged by the newest record of all partitions. A partition without
 * new records does not age by its own, and would seem to need all that it holds.
 */
final class FilterBudget {
  private static final Logger LOG = LoggerFactory.getLogger(FilterBudget.class);

  private static final long SLICE_MILLIS = 1_000;

  /** How far brokers' clocks may differ, and the reading of one partition from another's. */
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
   * @param most bytes that the filters may hold
   */
  FilterBudget(long most, TailMeters meters, LongSupplier nanos) {
    this.most = most;
    this.meters = meters;
    this.nanos = nanos;
  }

  /** A filter has grown by that many bytes, or shrunk. */
  void add(long delta) {
    bytes += delta;
    meters.filterBytes.set(bytes);
  }

  /** A record of that broker time was read, in whatever partition. */
  void reached(long time) {
    newestTime = Math.max(newestTime, time);
  }

  /**
   * Forgets the oldest identities of all where the filters hold too much.
   *
   * @param partitions all that have a filter
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

  /** Whether identities had to be forgotten too early within the last minute. Any thread. */
  boolean overfull() {
    return forgot && nanos.getAsLong() - forgotNanos < SHOWN_NANOS;
  }
}
