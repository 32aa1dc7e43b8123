package im.linnet.edge.attach;

import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;

/** How much of the ring a session is sent: the newest records, where it has missed too many. */
final class RingBacklog {
  private RingBacklog() {}

  /**
   * Moves the lane up to where at most that many of its records are left. On the tail's thread;
   * looks through the ring only where the lane is that many offsets behind.
   *
   * @param sync records that a session is sent
   * @return whether older ones were left out
   */
  static boolean cut(TailState tail, Lane lane, int sync) {
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
