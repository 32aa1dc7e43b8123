package im.linnet.log.tail;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all rings of a tail hold together, and who gives way where they are too many.
 * Owned by the tail's thread.
 */
final class RingBudget {
  private static final long EVICTION_SPAN_MILLIS = 250;

  private final long most;
  private final TailCounters counters;
  private long bytes;

  /**
   * @param most bytes that the rings may hold
   */
  RingBudget(long most, TailCounters counters) {
    this.most = most;
    this.counters = counters;
  }

  /** A ring has grown by that many bytes, or shrunk. */
  void add(long delta) {
    bytes += delta;
    counters.ringBytes.set(bytes);
  }

  /**
   * Forgets the oldest records of all, a little at a time from the ring that has the oldest, until
   * the rest may stay.
   *
   * @param partitions all that have a ring
   */
  void enforce(Collection<TailPartition> partitions) {
    while (bytes > most) {
      Ring oldest = oldestRing(partitions);
      if (oldest == null) {
        return;
      }
      long before = oldest.bytes();
      long until = oldest.oldestTime() + EVICTION_SPAN_MILLIS;
      while (oldest.size() > 0
          && oldest.oldestTime() <= until
          && bytes - (before - oldest.bytes()) > most) {
        oldest.evictOldest();
        counters.evicted.increment();
      }
      add(oldest.bytes() - before);
    }
  }

  private static @Nullable Ring oldestRing(Collection<TailPartition> partitions) {
    Ring oldest = null;
    for (TailPartition partition : partitions) {
      Ring ring = partition.ring();
      if (ring.size() > 0 && (oldest == null || ring.oldestTime() < oldest.oldestTime())) {
        oldest = ring;
      }
    }
    return oldest;
  }
}
