package im.linnet.edge.attach;

import im.linnet.edge.session.Attacher;
import im.linnet.log.LogPartition;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The judged positions of a client: the records that it says it has seen. Pure.
 *
 * @param seen per partition of the session the highest offset that the client has seen; empty if
 *     the session begins anew
 * @param reset whether the client is told that its positions are unknown
 */
record ResumeClaim(Map<StreamPartition, Long> seen, boolean reset) {
  /** A session that has seen nothing. */
  static final ResumeClaim NOTHING = new ResumeClaim(Map.of(), false);

  /** A session that has to begin anew. */
  static final ResumeClaim RESET = new ResumeClaim(Map.of(), true);

  ResumeClaim {
    seen = Map.copyOf(seen);
  }

  /**
   * The claim of a request. Its positions are not compared with the log yet.
   *
   * @param own the session's partitions; positions in others do not count
   * @param logId this log's id
   */
  static ResumeClaim of(Attacher.Request request, Collection<StreamPartition> own, String logId) {
    if (request.resume() == null) {
      return NOTHING;
    }
    if (!request.deviceKnown() || (request.log() != null && !request.log().equals(logId))) {
      return RESET;
    }
    Set<StreamPartition> partitions = new HashSet<>(own);
    Map<StreamPartition, Long> seen = new HashMap<>();
    for (Position position : request.resume()) {
      if (partitions.contains(position.place())) {
        seen.merge(position.place(), position.offset(), Math::max);
      }
    }
    return new ResumeClaim(seen, false);
  }

  /**
   * The partitions whose position could lie beyond the log's end: those that are not surely in the
   * log.
   *
   * @param known per partition an offset below which the log is surely complete
   */
  Set<StreamPartition> doubtful(ToLongFunction<StreamPartition> known) {
    Set<StreamPartition> doubtful = new HashSet<>();
    seen.forEach(
        (partition, offset) -> {
          if (offset >= Math.max(0, known.applyAsLong(partition))) {
            doubtful.add(partition);
          }
        });
    return doubtful;
  }

  /** This claim; or a reset, if a doubtful position is at or above the log's end. */
  ResumeClaim judged(Collection<StreamPartition> doubtful, Map<LogPartition, Long> ends) {
    for (StreamPartition partition : doubtful) {
      long end = ends.getOrDefault(LogPartition.of(partition), 0L);
      if (seen.getOrDefault(partition, -1L) >= end) {
        return RESET;
      }
    }
    return this;
  }
}
