package im.linnet.edge.session;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The highest offsets of the log that a session has seen, by acks, pushes and the records that
 * those name. The view must hold these records before it answers the session. Offsets only grow.
 * Safe on any thread.
 */
public final class SeenOffsets {
  private final Map<StreamPartition, Long> highest = new ConcurrentHashMap<>(4);

  /** Notes that the session has seen that record. */
  public void saw(Position position) {
    saw(position.place(), position.offset());
  }

  /** Notes that the session has seen the record at that offset of the partition. */
  public void saw(StreamPartition partition, long offset) {
    highest.merge(partition, offset, Math::max);
  }

  /**
   * Takes a place back that was only named to the session: the log ends before it, so the session
   * has not seen a record there.
   *
   * @param offset the place as it was; nothing happens if the session has seen more since
   * @param end the end of the log
   */
  public void takeBack(StreamPartition partition, long offset, long end) {
    highest.replace(partition, offset, end - 1);
  }

  /** The partitions of a stream in which the session has seen something. */
  public Set<StreamPartition> partitions(Stream stream) {
    Set<StreamPartition> partitions = new HashSet<>();
    highest.keySet().stream().filter(each -> each.stream() == stream).forEach(partitions::add);
    return partitions;
  }

  /**
   * The highest offset seen at this moment in each of these partitions; partitions without one are
   * left out.
   */
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
