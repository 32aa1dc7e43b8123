package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;

/**
 * Learns what becomes of records. Called once for each of them, on the thread that completes its
 * future, before that; must not block nor throw.
 */
public interface PublishListener {
  /** Counts nothing. */
  PublishListener NONE = new PublishListener() {};

  /** Kafka acknowledged a record, so many ns after it was published. */
  default void acked(long nanos) {}

  /** A record was not published, or not in time. */
  default void failed(Reason reason) {}
}
