package im.linnet.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Says where partitions end now. Safe on any thread, never blocks. */
@FunctionalInterface
public interface LogEnds {
  /**
   * The offset that the next record of each partition will get. Records of transactions that are
   * still open are counted, so whoever has read up to there has missed nothing.
   *
   * @return completes on Kafka's own thread, or fails with {@link LogUnavailableException} within
   *     some 10 s; never left open
   */
  CompletableFuture<Map<LogPartition, Long>> endOffsetsAsync(Collection<LogPartition> partitions);

  /**
   * As {@link #endOffsetsAsync}, with an answer of its own for each partition: one that has no
   * leader keeps nobody waiting who asks about others. This form shares one answer; who can do
   * better, does.
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
