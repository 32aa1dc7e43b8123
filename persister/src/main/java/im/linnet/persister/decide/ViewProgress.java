package im.linnet.persister.decide;

import im.linnet.log.group.TransientFailureException;
import im.linnet.schemas.StreamPartition;
import java.util.Map;

/** Waits until the view holds what a decider has published. Blocks its caller. */
interface ViewProgress {
  /**
   * Waits until the view has reached all of these offsets, and reads of the store see it so.
   *
   * @throws TransientFailureException if it has not within some seconds
   */
  void await(Map<StreamPartition, Long> ends) throws TransientFailureException;
}
