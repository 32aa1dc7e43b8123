package im.linnet.log.publish;

import java.util.concurrent.CompletableFuture;

/**
 * Publishes records. Never blocks the caller, so it may be called on an event loop. Records of one
 * caller with one key are appended in the order of the calls.
 */
public interface Publisher extends AutoCloseable {
  /**
   * Publishes one record; {@code ce_time} is the present time of the clock.
   *
   * @return completes on the publisher's own thread, once Kafka has acknowledged (acks=all), or
   *     fails with a {@link PublishException}; never left open
   */
  CompletableFuture<Appended> publish(OutgoingRecord record);

  /** The partition of a key in a topic. Pure arithmetic. */
  int partition(String topic, String key);

  /** Waits for the records under way, for the delivery time-out at most, then closes. */
  @Override
  void close();
}
