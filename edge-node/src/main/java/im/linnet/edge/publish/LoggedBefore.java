package im.linnet.edge.publish;

import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.reads.ViewReads;
import im.linnet.log.LogPartition;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks the log for the partition's end. Once the view has come that far, it asks the view for the
 * message.
 */
public final class LoggedBefore implements SentBefore {
  private final SharedEnds ends;
  private final InboxPublisher inbox;
  private final ViewReads reads;

  public LoggedBefore(SharedEnds ends, InboxPublisher inbox, ViewReads reads) {
    this.ends = ends;
    this.inbox = inbox;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<Optional<Found>> find(MessageId message) {
    StreamPartition place = inbox.place(message.kind(), message.to());
    LogPartition partition = LogPartition.of(place);
    return ends.of(List.of(place))
        .thenCompose(
            found -> {
              long end = found.getOrDefault(partition, 0L);
              Map<StreamPartition, Long> last = end == 0 ? Map.of() : Map.of(place, end - 1);
              return reads.read(
                  last,
                  store ->
                      found(
                          store.find(
                              message.kind(), message.to(), message.uuid(), message.from())));
            });
  }

  private static Optional<Found> found(@Nullable StoredMessage message) {
    if (message == null) {
      return Optional.empty();
    }
    StoredMessage.Revision revision = message.revision();
    return Optional.of(
        new Found(
            message.message(),
            new Origin(message.at(), message.time()),
            revision.offset() < 0 ? null : new Position(message.at().place(), revision.offset()),
            revision.recalled()));
  }
}
