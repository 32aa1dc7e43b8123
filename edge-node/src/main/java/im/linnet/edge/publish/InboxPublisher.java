package im.linnet.edge.publish;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.Origin;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes the records of inboxes. Safe on any thread, never blocks. */
public final class InboxPublisher {
  private final Publisher publisher;

  public InboxPublisher(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Publishes an event under its owner's key.
   *
   * @param readId the id of an event that draws one, such as a read mark or a change; ignored by
   *     messages and facts, whose uuid is their id
   * @param session the session that asked, null if no session did
   * @return its place, once it is durable; completes on the publisher's thread
   */
  public CompletableFuture<Origin> publish(
      InboxEvent event, String readId, @Nullable String session) {
    Stream stream = event.kind();
    return publisher
        .publish(
            new OutgoingRecord(
                stream.topic(),
                event.owner(),
                InboxEventCodec.encode(event),
                event.type(),
                event.id(readId),
                event.source(),
                session))
        .thenApply(
            appended ->
                new Origin(
                    new Position(stream, appended.partition(), appended.offset()),
                    appended.timestamp()));
  }

  /** The partition of a stream that holds a user's records. */
  public StreamPartition place(Stream stream, String user) {
    return new StreamPartition(stream, publisher.partition(stream.topic(), user));
  }
}
