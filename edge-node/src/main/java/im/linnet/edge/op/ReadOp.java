package im.linnet.edge.op;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code read}: a mark in the partition of the messages that it covers, after them; then a notice
 * to their sender, which the members of a topic do not need. The reader is answered when the mark
 * is durable. The loss of the notice loses no state.
 */
final class ReadOp implements Op<ReadOp.Request> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadOp.class);

  /**
   * The messages of a peer that become read.
   *
   * @param mostTold members of a topic up to which all of them are told
   */
  record Request(Stream kind, String peer, Extent extent, int mostTold) {}

  private final InboxPublisher inbox;
  private final TopicAccess topics;
  private final Failures failures;
  private final Supplier<String> ids;
  private final LongSupplier retryAfterMillis;

  ReadOp(
      InboxPublisher inbox,
      TopicAccess topics,
      Failures failures,
      Supplier<String> ids,
      LongSupplier retryAfterMillis) {
    this.inbox = inbox;
    this.topics = topics;
    this.failures = failures;
    this.ids = ids;
    this.retryAfterMillis = retryAfterMillis;
  }

  @Override
  public String name() {
    return "read";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    Stream kind = fields.kind();
    return new Request(
        kind, fields.user("peer"), Extent.read(fields, kind), fields.limits().readPush());
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    UserSession session = caller.session();
    Stream kind = request.kind();
    StreamPartition own = inbox.place(kind, kind.keyedByUser() ? session.user() : request.peer());
    if (request.extent() instanceof Extent.UpTo mark && !mark.upTo().place().equals(own)) {
      reply.bad(
          "upTo",
          "upTo: must be a position in the "
              + (kind.keyedByUser() ? "reader's own" : "topic's")
              + " partition, "
              + own);
    } else if (kind.keyedByUser()) {
      publish(
          session, new ReadEvent(kind, session.user(), request.peer(), request.extent()), reply);
    } else {
      ofTopic(session, request, reply);
    }
  }

  /** In a topic all members are told of the mark, unless they are too many. */
  private void ofTopic(UserSession session, Request request, Responder reply) {
    reply.when(
        topics.standing(session, request.peer()),
        (standing, failure) -> {
          TopicSummary topic = failure == null ? standing.topic() : null;
          if (failure != null) {
            failures.tell(reply, failure);
          } else if (topic == null || !standing.member()) {
            standing.refusal("peer").tell(reply);
          } else {
            Audience told = topic.members() <= request.mostTold() ? Audience.ALL : Audience.READER;
            publish(
                session,
                new ReadEvent(Stream.TOPIC, session.user(), request.peer(), request.extent(), told),
                reply);
          }
        });
  }

  private void publish(UserSession session, ReadEvent read, Responder reply) {
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

  private void durable(
      UserSession session, ReadEvent read, String id, Origin origin, Responder reply) {
    session.seenOffsets().saw(origin.at());
    reply.ok(
        json -> {
          json.writeStringField("at", origin.at().toString());
          json.writeNumberField("time", origin.time());
        });
    if (!read.kind().keyedByUser() || read.peer().equals(read.reader())) {
      return;
    }
    Callbacks.whenDone(
        inbox.publish(new ReceiptEvent(read, origin), id, null),
        (noticed, failure) -> {
          if (failure != null) {
            LOG.debug("{} receipt of {} lost: {}", session, origin.at(), failure.toString());
          }
        });
  }
}
