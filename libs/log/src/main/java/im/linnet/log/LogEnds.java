package im.linnet.log;

import java.util.Collection;
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
}
