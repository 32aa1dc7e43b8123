package im.linnet.edge.publish;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.SignalEvent;
import im.linnet.schemas.event.SignalEventCodec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Publishes signals. Safe on any thread, never blocks. */
public final class SignalPublisher {
  private final Publisher publisher;
  private final Supplier<String> ids;

  /**
   * @param publisher may be content with less than durable records
   * @param ids draws the records' ids
   */
  public SignalPublisher(Publisher publisher, Supplier<String> ids) {
    this.publisher = publisher;
    this.ids = ids;
  }

  /**
   * Publishes a signal under its receiver's key.
   *
   * @param session the session that asked
   */
  public CompletableFuture<?> publish(SignalEvent signal, String session) {
    return publisher.publish(
        new OutgoingRecord(
            Topic.SIGNAL,
            signal.owner(),
            SignalEventCodec.encode(signal),
            signal.type(),
            signal.id(ids.get()),
            signal.source(),
            session));
  }
}
