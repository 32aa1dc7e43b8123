package im.linnet.edge.session;

import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far into the log a session has seen, by acks, pushes and the records that those name: what
 * the view must hold before the session is answered from it. Offsets only grow. Safe on any thread.
 */
public final class SeenOffsets {
  private final Map<StreamPartition, Long> highest = new ConcurrentHashMap<>(4);

  /** The session has seen that record. */
  public void saw(Position position) {
    saw(position.place(), position.offset());
  }

  /** The session has seen the record at that offset of the partition. */
  public void saw(StreamPartition partition, long offset) {
    highest.merge(partition, offset, Math::max);
  }

  /**
   * The log ends before a place that was only named to the session: it has seen nothing there.
   *
   * @param offset the place as it was; nothing happens where the session has seen more since
   * @param end where the log ends
   */
  public void takeBack(StreamPartition partition, long offset, long end) {
    highest.replace(partition, offset, end - 1);
  }

  /** The highest offset seen, at this moment, in each of these partitions where there is one. */
  public Map<StreamPartition, Long> seen(Set<StreamPartition> partitions) {
    Map<StreamPartition, Long> seen = new HashMap<>();
    for (StreamPartition partition : partitions) {
      Long offset = highest.get(partition);
      if (offset != null) {
        seen.put(partition, offset);
      }
    }
    return seen;
  }
}
