package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * How far a view is from a tail.
 *
 * @param records the number of records that the tail has read and the view lacks
 * @param applied the sum of the view's next offsets: it changes whenever the view moves
 * @param oldestMillis the broker's append time of the oldest of them that a ring still holds;
 *     {@link Long#MAX_VALUE} without one
 * @param newestMillis the broker's append time of the newest record that a ring holds
 */
public record ViewDistance(long records, long applied, long oldestMillis, long newestMillis) {
  static ViewDistance of(
      Collection<TailPartition> partitions, ToLongFunction<StreamPartition> applied) {
    long records = 0;
    long sum = 0;
    long oldest = Long.MAX_VALUE;
    long newest = 0;
    for (TailPartition partition : partitions) {
      if (!partition.begun()) {
        continue;
      }
      long next = applied.applyAsLong(partition.id());
      records += Math.max(0, partition.next() - next);
      sum += next;
      Ring ring = partition.ring();
      if (ring.size() > 0) {
        newest = Math.max(newest, ring.get(ring.size() - 1).timestamp());
        int index = ring.indexOf(next);
        if (index < ring.size()) {
          oldest = Math.min(oldest, ring.get(index).timestamp());
        }
      }
    }
    return new ViewDistance(records, sum, oldest, newest);
  }

  /** How late the view is: from the oldest record that it lacks to the newest, in ms. */
  public long millis() {
    return Math.max(0, newestMillis - oldestMillis);
  }
}
