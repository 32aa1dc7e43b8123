package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;

/**
 * Told the outcome of each record, once. Called on the thread that completes the record's future,
 * before that. Must neither block nor throw.
 */
public interface PublishListener {
  /** Counts nothing. */
  PublishListener NONE = new PublishListener() {};

  /** Kafka has acknowledged a record, that many ns after it was published. */
  default void acked(long nanos) {}

  /** A record was not published, or not in time. */
  default void failed(Reason reason) {}
}
