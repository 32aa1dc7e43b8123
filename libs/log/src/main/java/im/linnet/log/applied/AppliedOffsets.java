package im.linnet.log.applied;

import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The applied offsets of the view, as its persisters announce them in {@code im.applied.v1}. Safe
 * on any thread.
 */
public interface AppliedOffsets {
  /**
   * The next offset that the view will take in that partition. All records below are in the view.
   * Never falls.
   */
  long applied(StreamPartition partition);

  /**
   * The id of the view with these offsets. A reader must check that its store holds this view, up
   * to these offsets.
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
