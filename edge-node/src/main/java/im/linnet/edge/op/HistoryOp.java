package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.HistoryCursor;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code history}: a page of a conversation, newest first. */
final class HistoryOp extends ViewOp<HistoryOp.Request, PageText> {
  private static final long DEFAULT_LIMIT = 50;

  /**
   * The page that the client wants.
   *
   * @param kind the stream
   * @param peer the other user, or the topic
   * @param before the page before, null for the newest page
   * @param limit messages in the page, 1-200
   */
  record Request(Stream kind, String peer, @Nullable String before, int limit) {
    @Nullable HistoryCursor cursor() {
      return before == null ? null : HistoryCursor.decode(before);
    }
  }

  private final InboxPublisher inbox;

  HistoryOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    long limit = fields.number("limit", DEFAULT_LIMIT, 1, fields.limits().page());
    return new Request(
        fields.kind(), fields.user("peer"), fields.optionalText("before"), (int) limit);
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    Set<StreamPartition> places = new HashSet<>();
    places.add(inbox.place(request.kind(), request.peer()));
    if (request.kind().keyedByUser()) {
      // Each user's partition holds one direction, and the marks on it.
      places.add(inbox.place(request.kind(), caller.session().user()));
    }
    return places;
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    if (request.before() != null && request.cursor() == null) {
      reply.bad("before", "before: must be the next of a page, as it was given");
    } else {
      super.serve(caller, request, reply);
    }
  }

  @Override
  PageText ask(RecordReader store, UserSession session, Request request) throws RefusedException {
    if (request.kind() == Stream.TOPIC) {
      Membership member = TopicAccess.standing(store, session, request.peer()).require("peer");
      return PageText.of(
          store.topics().history(member, request.cursor(), request.limit(), PageText.MOST_BYTES));
    }
    return PageText.of(
        store.history(
            request.kind(),
            session.user(),
            request.peer(),
            request.cursor(),
            request.limit(),
            PageText.MOST_BYTES));
  }

  @Override
  void write(JsonGenerator json, PageText page) throws IOException {
    page.write(json);
  }
}
