package im.linnet.log.group;

import im.linnet.log.LogPartition;
import im.linnet.schemas.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the records of a {@link GroupLoop}. All methods are called on the loop's own thread and may
 * block. Every exception except {@link TransientFailureException} stops the loop with an error. So
 * the handler itself must put malformed records aside.
 */
public interface BatchHandler {
  /**
   * The positions in partitions that the handler has just got. The offsets of the group do not
   * count.
   *
   * @return the next offset per partition; a missing partition begins at 0
   */
  Map<LogPartition, Long> positions(Set<LogPartition> partitions) throws TransientFailureException;

  /**
   * Tells how far the group has surely handled the new partitions: every record below these offsets
   * was handled once. The newest handled records may lie above. Called before {@link #positions}.
   *
   * @param next per partition the first offset of which this is not known; a missing partition has
   *     no such record
   */
  default void handledBefore(Map<LogPartition, Long> next) {}

  /**
   * Takes the next records. After a {@link TransientFailureException} the same batch comes again,
   * without the partitions that were revoked meanwhile. So the method must be idempotent.
   *
   * @param records in the order of each partition; empty if only transaction markers were passed
   * @param next per partition that moved, the offset where it goes on after this batch
   */
  void handle(List<LogRecord> records, Map<LogPartition, Long> next)
      throws TransientFailureException;

  /** The loop has lost these partitions. Not called while {@link #handle} runs. */
  default void revoked(Set<LogPartition> partitions) {}
}
