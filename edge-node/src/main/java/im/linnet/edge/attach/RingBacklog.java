package im.linnet.edge.attach;

import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;

/** What the ring has for a session, and how much of that it is sent: the newest records. */
final class RingBacklog {
  private RingBacklog() {}

  /**
   * How many of the lane's records the ring has, counted up to a bound. On the tail's thread; looks
   * through the ring only where the lane is that many offsets behind.
   *
   * @param from what lies below it is not counted
   */
  static int count(TailState tail, PartitionCursor lane, long from, int most) {
    StreamPartition partition = lane.partition();
    long next = tail.next(partition);
    if (next - lane.place() <= most) {
      return 0;
    }
    int[] found = {0};
    long at = Math.max(from, tail.ringStart(partition));
    while (at < next && found[0] < most) {
      at = tail.replay(partition, lane.rawKey(), at, valid -> ++found[0] < most);
    }
    return found[0];
  }

  /**
   * Moves the lane up to where at most that many of its records are left. On the tail's thread;
   * looks through the ring only where the lane is that many offsets behind.
   *
   * @param sync records that a session is sent
   * @return whether older ones were left out
   */
  static boolean cut(TailState tail, PartitionCursor lane, int sync) {
    StreamPartition partition = lane.partition();
    long next = tail.next(partition);
    if (next - lane.place() <= sync) {
      return false;
    }
    long[] newest = new long[sync];
    long[] found = {0};
    long at = lane.place();
    while (at < next) {
      at =
          tail.replay(
              partition,
              lane.rawKey(),
              at,
              valid -> {
                newest[(int) (found[0]++ % sync)] = valid.record().offset();
                return true;
              });
    }
    if (found[0] <= sync) {
      return false;
    }
    lane.reach(newest[(int) (found[0] % sync)]);
    return true;
  }
}
