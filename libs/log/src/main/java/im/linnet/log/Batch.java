package im.linnet.log;

import im.linnet.schemas.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of one read. Nobody changes its parts.
 *
 * @param records in the order of each partition; empty if the read passed only transaction markers
 * @param next per partition that moved, the offset where reading goes on
 */
public record Batch(List<LogRecord> records, Map<LogPartition, Long> next) {
  /** Nothing came. */
  public static final Batch EMPTY = new Batch(List.of(), Map.of());

  /** The batch without the records of some partitions. */
  public Batch without(Set<LogPartition> gone) {
    if (gone.isEmpty()) {
      return this;
    }
    Map<LogPartition, Long> left = new HashMap<>(next);
    left.keySet().removeAll(gone);
    return new Batch(
        records.stream()
            .filter(record -> !gone.contains(new LogPartition(record.topic(), record.partition())))
            .toList(),
        left);
  }
}
