package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicPage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code conversations}: the caller's chat list, newest first. */
final class ConversationsOp extends ViewOp<ConversationsOp.Request, ConversationPage> {
  private static final long DEFAULT_LIMIT = 30;
  private static final long MOST = 100;

  /**
   * The page that the client wants.
   *
   * @param before the page before, null for the newest page
   * @param limit conversations in the page
   */
  record Request(@Nullable String before, int limit) {
    @Nullable ConversationCursor cursor() {
      return before == null ? null : ConversationCursor.decode(before);
    }
  }

  ConversationsOp(ViewReads reads, Failures failures) {
    super(reads, failures);
  }

  @Override
  public String name() {
    return "conversations";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.optionalText("before"), (int) fields.number("limit", DEFAULT_LIMIT, 1, MOST));
  }

  /** What the session sent stands in its recipients' partitions, or in those of topics. */
  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    Set<StreamPartition> places = caller.session().seenOffsets().partitions(Stream.P2P);
    places.addAll(caller.session().seenOffsets().partitions(Stream.TOPIC));
    return places;
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    if (request.before() != null && request.cursor() == null) {
      reply.bad("before", "before: must be the next of a page, as it was given");
      return;
    }
    super.serve(caller, request, reply);
  }

  @Override
  ConversationPage ask(RecordReader store, UserSession session, Request request) {
    return store.conversations(
        session.user(), request.cursor(), request.limit(), PageText.MOST_BYTES);
  }

  @Override
  void write(JsonGenerator json, ConversationPage page) throws IOException {
    json.writeArrayFieldStart("conversations");
    for (ConversationPage.Entry each : page.conversations()) {
      json.writeStartObject();
      json.writeStringField("kind", each.kind().wire());
      if (each.kind() == Stream.TOPIC) {
        json.writeStringField("topic", each.peer());
        json.writeStringField("name", each.name());
      } else {
        json.writeStringField("peer", each.peer());
      }
      TopicPage.Entry last = each.last();
      if (last != null) {
        json.writeFieldName("last");
        json.writeRawValue(
            each.kind() == Stream.TOPIC ? PageText.text(last) : PageText.text(last.stored()));
      }
      json.writeNumberField("unread", each.unread().count());
      if (each.unread().more()) {
        json.writeBooleanField("more", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    ConversationCursor next = page.next();
    if (next != null) {
      json.writeStringField("next", next.encode());
    }
  }
}
