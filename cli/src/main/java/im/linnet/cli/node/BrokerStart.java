package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.log.Callbacks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts the embedded broker on a thread of its own, so that an interrupt of the caller does not
 * hit Kafka half-way through opening its log, where it would close files and leave no clean stop.
 * It takes seconds; the interrupt is there again when it is done.
 */
final class BrokerStart {
  private BrokerStart() {}

  /**
   * Blocks until the broker serves, or has failed.
   *
   * @throws im.linnet.broker.BrokerStartException if a setting keeps it from that
   * @throws im.linnet.broker.BrokerFailedException if the machine does
   */
  static void of(EmbeddedBroker broker) {
    try {
      CompletableFuture<Void> start =
          CompletableFuture.runAsync(
              broker::start,
              task -> Thread.ofPlatform().name("linnet-broker-start").daemon().start(task));
      // A broker whose log has failed may wait for it for ever.
      CompletableFuture.anyOf(start, broker.failure()).join();
    } catch (CompletionException e) {
      throw Callbacks.unchecked(e);
    }
  }
}
