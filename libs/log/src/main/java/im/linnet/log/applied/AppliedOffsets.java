package im.linnet.log.applied;

import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How far the view is, as its persister announces it in {@code im.applied.v1}. Safe on any thread.
 */
public interface AppliedOffsets {
  /**
   * The next offset that the view will take in that partition: all below are in it. Never falls.
   */
  long applied(StreamPartition partition);

  /**
   * The id of the view that this is said of. Whether the store that is read holds that view, and so
   * far, is for the reader to check.
   */
  String view();

  /**
   * Waits until the view holds a record.
   *
   * @return completes once {@code applied(partition) > offset}, or fails with a {@link
   *     java.util.concurrent.TimeoutException} after the time-out; never left open
   */
  CompletableFuture<Void> await(StreamPartition partition, long offset, Duration timeout);
}
