package im.linnet.log.group;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import java.util.List;
import java.util.Set;

/**
 * What a {@link TransactionalLoop} does with its records: it keeps state per partition in memory,
 * which it can restore from the log, and answers records with records. All methods are called on
 * the loop's own thread and may block. Any other exception than {@link TransientFailureException}
 * stops the loop loudly.
 */
public interface TransactionalHandler {
  /**
   * These partitions of the topic are ours: restore what earlier transactions said about them.
   * Every transaction of the earlier owner has ended by now. After {@link #aborted} the same
   * partitions are assigned once more.
   */
  void assigned(Set<Integer> partitions) throws TransientFailureException;

  /** Forget the state of these partitions. May be called for partitions never assigned. */
  void revoked(Set<Integer> partitions);

  /**
   * The last transaction failed, and nobody knows whether it was committed: the state is ahead of
   * the log, or as far. The partitions are assigned again once that is decided, unless they are
   * revoked before; what earlier transactions said is still true.
   */
  default void aborted(Set<Integer> partitions) {
    revoked(partitions);
  }

  /**
   * Takes the next records, in the order of each partition, and says what to publish; that and the
   * records' being consumed become visible together, or not at all.
   */
  List<OutgoingRecord> handle(List<LogRecord> records);

  /**
   * Time passes: called about each 200 ms while partitions are assigned.
   *
   * @param nowMillis the loop's clock, ms since the epoch
   * @return what to publish, in a transaction of its own
   */
  List<OutgoingRecord> tick(long nowMillis);

  /** What the last {@link #handle} or {@link #tick} returned is committed. */
  default void committed() {}
}
