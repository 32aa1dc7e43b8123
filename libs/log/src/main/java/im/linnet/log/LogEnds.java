package im.linnet.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The present ends of partitions. Safe on any thread, never blocks. */
@FunctionalInterface
public interface LogEnds {
  /**
   * The offset that the next record of each partition will get. Records of open transactions count.
   * So a reader that has come to this offset has missed nothing.
   *
   * @return completes on Kafka's own thread, or fails with {@link LogUnavailableException} within
   *     some 10 s; never left open
   */
  CompletableFuture<Map<LogPartition, Long>> endOffsetsAsync(Collection<LogPartition> partitions);

  /**
   * The end of each partition as an answer of its own. So a partition without a leader does not
   * delay the answers about others. This default shares one answer; an implementation should do
   * better if it can.
   *
   * @return a future for each of the partitions, each never left open
   */
  default Map<LogPartition, CompletableFuture<Long>> eachEndOffsetAsync(
      Collection<LogPartition> partitions) {
    CompletableFuture<Map<LogPartition, Long>> all = endOffsetsAsync(partitions);
    Map<LogPartition, CompletableFuture<Long>> each = new HashMap<>();
    for (LogPartition partition : partitions) {
      each.put(partition, all.thenApply(found -> one(found, partition)));
    }
    return each;
  }

  private static long one(Map<LogPartition, Long> found, LogPartition partition) {
    Long end = found.get(partition);
    if (end == null) {
      throw new IllegalStateException("no end offset of " + partition);
    }
    return end;
  }
}
