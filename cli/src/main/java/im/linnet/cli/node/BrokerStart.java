package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.log.Callbacks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts the embedded broker on a thread of its own, so that an interrupt of the caller does not
 * reach Kafka while it opens its log. There an interrupt would close files and leave an unclean
 * stop. The start takes seconds; the interrupt is set again after it.
 */
final class BrokerStart {
  private BrokerStart() {}

  /**
   * Blocks until the broker serves, or has failed.
   *
   * @throws im.linnet.broker.BrokerStartException if a setting is wrong
   * @throws im.linnet.broker.BrokerFailedException if the machine is the reason
   */
  static void of(EmbeddedBroker broker) {
    try {
      CompletableFuture<Void> start =
          CompletableFuture.runAsync(
              broker::start,
              task -> Thread.ofPlatform().name("linnet-broker-start").daemon().start(task));
      // A broker with a failed log may wait for ever.
      CompletableFuture.anyOf(start, broker.failure()).join();
    } catch (CompletionException e) {
      throw Callbacks.unchecked(e);
    }
  }
}
