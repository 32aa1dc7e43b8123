package im.linnet.edge.handler;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.HistoryCursor;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.Request;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code history}: a page of a conversation. */
final class HistoryHandler {
  private final InboxPublisher inbox;
  private final ViewReads reads;
  private final Failures failures;

  HistoryHandler(InboxPublisher inbox, ViewReads reads, Failures failures) {
    this.inbox = inbox;
    this.reads = reads;
    this.failures = failures;
  }

  void serve(UserSession session, Request.History request, Responder reply) {
    if (request.kind() == Stream.TOPIC) {
      reply.bad("kind", "kind: topic is not served by this version");
      return;
    }
    HistoryCursor before = null;
    if (request.before() != null) {
      before = HistoryCursor.decode(request.before());
      if (before == null) {
        reply.bad("before", "before: must be the next of a page, as it was given");
        return;
      }
    }
    read(session, request, before, reply);
  }

  private void read(
      UserSession session,
      Request.History request,
      @Nullable HistoryCursor before,
      Responder reply) {
    // Both directions, and the marks on each, stand in these.
    Set<StreamPartition> asked = new HashSet<>();
    asked.add(inbox.place(request.kind(), session.user()));
    asked.add(inbox.place(request.kind(), request.peer()));
    reply.when(
        reads.read(
            session.places(),
            asked,
            store ->
                PageText.of(
                    store.history(
                        request.kind(),
                        session.user(),
                        request.peer(),
                        before,
                        request.limit(),
                        PageText.MOST_BYTES))),
        (page, failure) -> {
          if (failure == null) {
            reply.ok(page::write);
          } else {
            failures.tell(reply, failure);
          }
        });
  }
}
