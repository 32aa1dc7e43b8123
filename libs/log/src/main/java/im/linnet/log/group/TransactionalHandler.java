package im.linnet.log.group;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import java.util.List;
import java.util.Set;

/**
 * Takes the records of a {@link TransactionalLoop} and answers them with records. It keeps state
 * per partition in memory, and can restore it from the log. All methods are called on the loop's
 * own thread and may block. Every exception except {@link TransientFailureException} stops the loop
 * with an error.
 */
public interface TransactionalHandler {
  /**
   * This loop has these partitions of the topic now. The handler must restore their state from the
   * records of earlier transactions. Every transaction of the earlier owner has ended by now. After
   * {@link #aborted} the same partitions are assigned once more.
   */
  void assigned(Set<Integer> partitions) throws TransientFailureException;

  /**
   * The loop has lost these partitions; the handler must forget their state. They may never have
   * been assigned.
   */
  void revoked(Set<Integer> partitions);

  /**
   * The last transaction failed, and nobody knows whether it was committed. So the state may be
   * ahead of the log. The partitions are assigned again once that is decided, unless they are
   * revoked first. The records of earlier transactions still hold.
   */
  default void aborted(Set<Integer> partitions) {
    revoked(partitions);
  }

  /**
   * Takes the next records, in the order of each partition, and returns records to publish. Both
   * the answers and the progress become visible together, or neither does.
   *
   * @throws TransientFailureException if it cannot take them now; as after a failed transaction,
   *     {@link #aborted} follows, and the same records come again
   */
  List<OutgoingRecord> handle(List<LogRecord> records) throws TransientFailureException;

  /**
   * Called about every 200 ms while partitions are assigned, and at once while {@link #hasMore()}.
   *
   * @param nowMillis the loop's clock, ms since the epoch
   * @return records to publish in a transaction of their own
   */
  List<OutgoingRecord> tick(long nowMillis);

  /**
   * Whether the last {@link #handle} or {@link #tick} has left records that are due now, because
   * one transaction does not take all. Asked after the commit.
   */
  default boolean hasMore() {
    return false;
  }

  /** The records that the last {@link #handle} or {@link #tick} returned are committed. */
  default void committed() {}
}
