package im.linnet.log.tail;

import java.util.Collection;

/**
 * The bytes that all rings of a tail hold together, and which records give way where they are too
 * many. Owned by the tail's thread.
 *
 * <p>A full ring would give way with each record that comes, and to find the oldest of all costs a
 * look at every partition. So a 64th of the budget is freed at a time, in slices of time that are
 * taken from all rings in one pass.
 */
final class RingBudget {
  private static final long SLICE_MILLIS = 250;
  private static final int FREED_AT_ONCE = 64;

  private final long most;
  private final TailMeters meters;
  private long bytes;

  /**
   * @param most bytes that the rings may hold
   */
  RingBudget(long most, TailMeters meters) {
    this.most = most;
    this.meters = meters;
  }

  /** A ring has grown by that many bytes, or shrunk. */
  void add(long delta) {
    bytes += delta;
    meters.ringBytes.set(bytes);
  }

  /**
   * Forgets the oldest records of all where the rings hold too much.
   *
   * @param partitions all that have a ring
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
