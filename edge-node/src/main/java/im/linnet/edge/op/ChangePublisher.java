package im.linnet.edge.op;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.Position;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the change of a message, then its copy for the caller's other devices, and answers.
 * Safe on any thread.
 */
final class ChangePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(ChangePublisher.class);

  private final SendParts parts;

  ChangePublisher(SendParts parts) {
    this.parts = parts;
  }

  /**
   * Publishes a change.
   *
   * @param event the record of the change of a message: the original for null, else the copy of the
   *     original that stands there
   * @return the place of the original, once it is durable
   */
  CompletableFuture<Origin> publish(
      UserSession session,
      MessageId message,
      BiFunction<MessageId, @Nullable Origin, InboxEvent> event,
      Responder reply) {
    String id = parts.uuids().get();
    CompletableFuture<Origin> original =
        parts.inbox().publish(event.apply(message, null), id, session.id());
    reply.when(
        original,
        (origin, failure) -> {
          if (failure == null) {
            durable(session, message, event, id, origin, reply);
          } else {
            NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
          }
        });
    return original;
  }

  /** The sender's other devices are next, then the sender is told. */
  private void durable(
      UserSession session,
      MessageId message,
      BiFunction<MessageId, @Nullable Origin, InboxEvent> event,
      String id,
      Origin origin,
      Responder reply) {
    InboxPublisher inbox = parts.inbox();
    session.seenOffsets().saw(origin.at());
    if (!parts.isCopied(message.kind(), message.from(), message.to())) {
      answer(message, origin.at(), reply);
      return;
    }
    reply.when(
        inbox.publish(event.apply(message, origin), id, session.id()),
        (copy, failure) -> {
          if (failure == null) {
            session.seenOffsets().saw(copy.at());
            answer(message, origin.at(), reply);
          } else {
            LOG.debug("{} no copy of {}: {}", session, origin.at(), failure.toString());
            reply.unavailable(
                "the message is changed, and not yet on the other devices",
                parts.retryAfterMillis().getAsLong());
          }
        });
  }

  /** Tells the caller where the change stands. */
  static void answer(MessageId message, Position at, Responder reply) {
    reply.ok(
        json -> {
          json.writeStringField("uuid", message.uuid());
          json.writeStringField("at", at.toString());
        });
  }
}
