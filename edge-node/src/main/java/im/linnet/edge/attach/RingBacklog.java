package im.linnet.edge.attach;

import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;

/** What the ring has for a session, and how much of that it is sent: the newest records. */
final class RingBacklog {
  private RingBacklog() {}

  /**
   * How many of the cursor's records the ring has, counted up to a bound. On the tail's thread;
   * looks through the ring only where the cursor is that many offsets behind.
   *
   * @param from what lies below it is not counted
   */
  static int count(TailState tail, PartitionCursor cursor, long from, int most) {
    StreamPartition partition = cursor.partition();
    long next = tail.next(partition);
    if (next - cursor.place() <= most) {
      return 0;
    }
    int[] found = {0};
    long at = Math.max(from, tail.ringStart(partition));
    while (at < next && found[0] < most) {
      at = cursor.replay(tail, at, valid -> ++found[0] < most);
    }
    return found[0];
  }

  /**
   * Moves the cursor up to where at most that many of its records are left. On the tail's thread;
   * looks through the ring only where the cursor is that many offsets behind.
   *
   * @param sync records that a session is sent
   * @return whether older ones were left out
   */
  static boolean cut(TailState tail, PartitionCursor cursor, int sync) {
    StreamPartition partition = cursor.partition();
    long next = tail.next(partition);
    if (next - cursor.place() <= sync) {
      return false;
    }
    long[] newest = new long[sync];
    long[] found = {0};
    long at = cursor.place();
    while (at < next) {
      at =
          cursor.replay(
              tail,
              at,
              valid -> {
                newest[(int) (found[0]++ % sync)] = valid.record().offset();
                return true;
              });
    }
    if (found[0] <= sync) {
      return false;
    }
    cursor.reach(newest[(int) (found[0] % sync)]);
    return true;
  }
}
