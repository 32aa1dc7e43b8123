package im.linnet.edge.publish;

import im.linnet.edge.session.UserSession;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Publishes the statuses that users choose, for the presence-tracker. Safe on any thread. */
public final class StatusPublisher {
  private final String edge;
  private final Publisher publisher;
  private final Supplier<String> ids;

  /**
   * @param edge this edge's id
   * @param ids draws the records' ids
   */
  public StatusPublisher(String edge, Publisher publisher, Supplier<String> ids) {
    this.edge = edge;
    this.publisher = publisher;
    this.ids = ids;
  }

  /** Publishes the status of a session's user; completes once the record is durable. */
  public CompletableFuture<?> publish(UserSession session, PresenceStatus status) {
    SessionEvent event = new SessionEvent.Status(session.user(), status);
    return publisher.publish(
        new OutgoingRecord(
            Topic.SESSION,
            event.user(),
            SessionEventCodec.encode(event),
            event.type(),
            ids.get(),
            "/edge/" + edge,
            session.id()));
  }
}
