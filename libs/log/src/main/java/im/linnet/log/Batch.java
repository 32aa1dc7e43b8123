package im.linnet.log;

import im.linnet.schemas.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some records of the log, as one read brought them. Its parts are not changed by anybody.
 *
 * @param records in the order of each partition; may be empty where only transaction markers were
 *     passed
 * @param next per partition that moved, the offset where reading goes on
 */
public record Batch(List<LogRecord> records, Map<LogPartition, Long> next) {
  /** Nothing came. */
  public static final Batch EMPTY = new Batch(List.of(), Map.of());

  /** What is left without some partitions. */
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
