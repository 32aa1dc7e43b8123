package im.linnet.edge.session;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The highest offsets of the log that a session has seen, by acks, pushes and the records that
 * those name. The view must hold these records before it answers the session. Offsets only grow.
 * Safe on any thread.
 */
public final class SeenOffsets {
  // A session holds no map before it has seen something.
  private volatile @Nullable Map<StreamPartition, Long> highest;

  /** Notes that the session has seen that record. */
  public void saw(Position position) {
    saw(position.place(), position.offset());
  }

  /** Notes that the session has seen the record at that offset of the partition. */
  public void saw(StreamPartition partition, long offset) {
    Map<StreamPartition, Long> current = highest;
    (current == null ? begun() : current).merge(partition, offset, Math::max);
  }

  private synchronized Map<StreamPartition, Long> begun() {
    Map<StreamPartition, Long> current = highest;
    if (current == null) {
      current = new ConcurrentHashMap<>(4);
      highest = current;
    }
    return current;
  }

  private Map<StreamPartition, Long> known() {
    Map<StreamPartition, Long> current = highest;
    return current == null ? Map.of() : current;
  }

  /**
   * Takes a place back that was only named to the session: the log ends before it, so the session
   * has not seen a record there.
   *
   * @param offset the place as it was; nothing happens if the session has seen more since
   * @param end the end of the log
   */
  public void takeBack(StreamPartition partition, long offset, long end) {
    Map<StreamPartition, Long> current = highest;
    if (current != null) {
      current.replace(partition, offset, end - 1);
    }
  }

  /** The partitions of a stream in which the session has seen something. */
  public Set<StreamPartition> partitions(Stream stream) {
    Set<StreamPartition> partitions = new HashSet<>();
    known().keySet().stream().filter(each -> each.stream() == stream).forEach(partitions::add);
    return partitions;
  }

  /**
   * The highest offset seen at this moment in each of these partitions; partitions without one are
   * left out.
   */
  public Map<StreamPartition, Long> seen(Set<StreamPartition> partitions) {
    Map<StreamPartition, Long> current = known();
    Map<StreamPartition, Long> seen = new HashMap<>();
    for (StreamPartition partition : partitions) {
      Long offset = current.get(partition);
      if (offset != null) {
        seen.put(partition, offset);
      }
    }
    return seen;
  }
}
