package im.linnet.log.tail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the local sessions that need each user partition, and remembers when the last one left. A
 * partition without sessions is kept for a while, so that a client that comes back finds its ring.
 * Pure; times are {@code System.nanoTime} values.
 */
final class PartitionDemand {
  private final long lingerNanos;
  private final Map<Integer, Count> counts = new HashMap<>();

  private static final class Count {
    int sessions;
    long leftNanos;
  }

  PartitionDemand(long lingerNanos) {
    this.lingerNanos = lingerNanos;
  }

  /** Adds a session. Returns true if the partition was not kept before. */
  boolean retain(int partition) {
    Count count = counts.get(partition);
    if (count == null) {
      count = new Count();
      counts.put(partition, count);
      count.sessions = 1;
      return true;
    }
    count.sessions++;
    return false;
  }

  /** Takes a session away. */
  void release(int partition, long nowNanos) {
    Count count = counts.get(partition);
    if (count == null || count.sessions == 0) {
      throw new IllegalStateException("user partition " + partition + " is retained by nobody");
    }
    count.sessions--;
    count.leftNanos = nowNanos;
  }

  /** Drops and returns the partitions that nobody has needed for the whole linger. */
  List<Integer> expire(long nowNanos) {
    List<Integer> expired = new ArrayList<>(0);
    counts.forEach(
        (partition, count) -> {
          if (count.sessions == 0 && nowNanos - count.leftNanos >= lingerNanos) {
            expired.add(partition);
          }
        });
    expired.forEach(counts::remove);
    return expired;
  }
}
