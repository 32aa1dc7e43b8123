package im.linnet.log.tail;

import java.util.Collection;

/**
 * The budget of all rings of a tail together, in bytes. If they hold too much, the oldest records
 * are dropped. Owned by the tail's thread.
 *
 * <p>The oldest record of all is found by a look at every partition, which is too expensive for
 * each new record. So a 64th of the budget is freed at a time: one pass drops slices of time from
 * all rings.
 */
final class RingBudget {
  private static final long SLICE_MILLIS = 250;
  private static final int FREED_AT_ONCE = 64;

  private final long most;
  private final TailMeters meters;
  private long bytes;

  /**
   * @param most the most bytes of the rings
   */
  RingBudget(long most, TailMeters meters) {
    this.most = most;
    this.meters = meters;
  }

  /** Notes that a ring has grown by that many bytes, or shrunk. */
  void add(long delta) {
    bytes += delta;
    meters.ringBytes.set(bytes);
  }

  /**
   * Forgets the oldest records of all if the rings hold too much.
   *
   * @param partitions all partitions with a ring
   */
  void enforce(Collection<TailPartition> partitions) {
    if (bytes <= most) {
      return;
    }
    long target = most - most / FREED_AT_ONCE;
    while (bytes > target) {
      long oldest = Long.MAX_VALUE;
      for (TailPartition partition : partitions) {
        oldest = Math.min(oldest, partition.ring().oldestTime());
      }
      if (oldest == Long.MAX_VALUE) {
        return;
      }
      for (TailPartition partition : partitions) {
        evict(partition.ring(), oldest + SLICE_MILLIS, target);
      }
    }
  }

  private void evict(Ring ring, long until, long target) {
    long before = ring.bytes();
    while (ring.oldestTime() <= until && bytes - (before - ring.bytes()) > target) {
      ring.evictOldest();
      meters.evicted.increment();
    }
    add(ring.bytes() - before);
  }
}
