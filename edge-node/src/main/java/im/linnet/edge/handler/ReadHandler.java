package im.linnet.edge.handler;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEvent.Origin;
import im.linnet.schemas.event.InboxEvent.Read;
import im.linnet.schemas.event.InboxEvent.Receipt;
import im.linnet.schemas.frame.Request;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code read}: a mark in the reader's own partition, behind the messages that it covers; then a
 * notice to their sender. The reader is answered when the mark is durable; losing the notice loses
 * no state.
 */
final class ReadHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ReadHandler.class);

  private final InboxPublisher inbox;
  private final Supplier<String> ids;
  private final LongSupplier retryAfterMillis;

  ReadHandler(InboxPublisher inbox, Supplier<String> ids, LongSupplier retryAfterMillis) {
    this.inbox = inbox;
    this.ids = ids;
    this.retryAfterMillis = retryAfterMillis;
  }

  void serve(UserSession session, Request.Read request, Responder reply) {
    Stream kind = request.kind();
    if (kind == Stream.TOPIC) {
      reply.bad("kind", "kind: topic is not served by this version");
      return;
    }
    StreamPartition own = inbox.place(kind, session.user());
    Position upTo = InboxEvent.upTo(request.extent());
    if (upTo != null && !upTo.place().equals(own)) {
      reply.bad("upTo", "upTo: must be a position in the reader's own partition, " + own);
      return;
    }
    Read read = new Read(kind, session.user(), request.peer(), request.extent());
    String id = ids.get();
    reply.when(
        inbox.publish(read, id, session.id()),
        (origin, failure) -> {
          if (failure == null) {
            durable(session, read, id, origin, reply);
          } else {
            NotTaken.tell(reply, failure, retryAfterMillis.getAsLong());
          }
        });
  }

  private void durable(UserSession session, Read read, String id, Origin origin, Responder reply) {
    session.places().saw(origin.at());
    reply.ok(
        json -> {
          json.writeStringField("at", origin.at().toString());
          json.writeNumberField("time", origin.time());
        });
    if (read.peer().equals(read.reader())) {
      return;
    }
    Callbacks.whenDone(
        inbox.publish(new Receipt(read, origin), id, null),
        (noticed, failure) -> {
          if (failure != null) {
            LOG.debug("{} receipt of {} lost: {}", session, origin.at(), failure.toString());
          }
        });
  }
}
