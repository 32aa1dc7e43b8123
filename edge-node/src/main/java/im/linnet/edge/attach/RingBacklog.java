package im.linnet.edge.attach;

import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;

/** Bounds the records of the ring that a session gets, to the newest ones. */
final class RingBacklog {
  private RingBacklog() {}

  /**
   * The number of the cursor's records in the ring, counted up to a bound. On the tail's thread. It
   * looks through the ring only if the cursor lags by more offsets than the bound.
   *
   * @param from records below it do not count
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
   * Moves the cursor so that at most that many of its records are left. On the tail's thread. It
   * looks through the ring only if the cursor lags by more offsets than that.
   *
   * @param sync the most records that a session gets
   * @return whether older records were left out
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
