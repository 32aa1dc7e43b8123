package im.linnet.edge.op;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.PersonalEvent;
import java.util.Set;
import java.util.function.Function;

/**
 * Changes what users keep for themselves or show of themselves. The caller is answered with what
 * the view then holds: a change names some fields, and the others are there only. Safe on any
 * thread.
 */
final class PersonalChanges {
  private final SendParts parts;
  private final ViewReads reads;
  private final Failures failures;

  PersonalChanges(SendParts parts, ViewReads reads, Failures failures) {
    this.parts = parts;
    this.reads = reads;
    this.failures = failures;
  }

  /**
   * Publishes a change, and answers once the view holds it.
   *
   * @param answer reads the reply's {@code data} after the change; called on a worker
   */
  void make(
      Caller caller,
      PersonalEvent change,
      Function<RecordReader, JsonBytes.Fields> answer,
      Responder reply) {
    UserSession session = caller.session();
    InboxPublisher inbox = parts.inbox();
    reply.when(
        inbox.publish(change, parts.uuids().get(), session.id()),
        (origin, failure) -> {
          if (failure == null) {
            session.seenOffsets().saw(origin.at());
            answer(session, Set.of(origin.at().place()), answer, reply);
          } else {
            NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
          }
        });
  }

  private void answer(
      UserSession session,
      Set<StreamPartition> places,
      Function<RecordReader, JsonBytes.Fields> answer,
      Responder reply) {
    reply.when(
        reads.read(session.seenOffsets(), places, answer),
        (data, failure) -> {
          if (failure == null) {
            reply.ok(data);
          } else {
            failures.tell(reply, failure);
          }
        });
  }
}
