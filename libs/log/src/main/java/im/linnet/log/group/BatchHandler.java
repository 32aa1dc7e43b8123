package im.linnet.log.group;

import im.linnet.log.LogPartition;
import im.linnet.schemas.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link GroupLoop} does with its records. All methods are called on the loop's own thread
 * and may block. Any other exception than {@link TransientFailureException} stops the loop loudly:
 * a malformed record is for the handler to put aside.
 */
public interface BatchHandler {
  /**
   * Where the handler goes on in partitions that it was just given. The group's own offsets never
   * count for that.
   *
   * @return the next offset per partition; one that is missing begins at 0
   */
  Map<LogPartition, Long> positions(Set<LogPartition> partitions) throws TransientFailureException;

  /**
   * How far a member of the group has surely handled these partitions, now or in an earlier life:
   * every record below was handled to its end once. What was handled last may be missing. Called
   * before {@link #positions}, with what was just given.
   *
   * @param next per partition the first offset of which it is not known; one that is missing has
   *     none
   */
  default void handledBefore(Map<LogPartition, Long> next) {}

  /**
   * Takes the next records. After a {@link TransientFailureException} the same batch comes again,
   * less what belongs to partitions that were revoked meanwhile, so it must be idempotent.
   *
   * @param records in the order of each partition; empty where only transaction markers were passed
   * @param next per partition that moved, the offset where it goes on after this batch
   */
  void handle(List<LogRecord> records, Map<LogPartition, Long> next)
      throws TransientFailureException;

  /** These partitions are somebody else's from now on. Not called while {@link #handle} runs. */
  default void revoked(Set<LogPartition> partitions) {}
}
