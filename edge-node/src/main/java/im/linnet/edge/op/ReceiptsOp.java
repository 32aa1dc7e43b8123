package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code receipts}: who has read a message. Its sender may ask, and its recipient. */
final class ReceiptsOp implements Op<ReceiptsOp.Request> {
  /** A message to that recipient. */
  record Request(Stream kind, String to, String uuid) {}

  private final InboxPublisher inbox;
  private final ViewReads reads;
  private final Failures failures;

  ReceiptsOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    this.inbox = inbox;
    this.reads = reads;
    this.failures = failures;
  }

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.kind(), fields.user("to"), fields.id("uuid"));
  }

  /** The message and the marks on it stand in the recipient's partition. */
  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(inbox.place(request.kind(), request.to()));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    if (!UserStreams.holds(request.kind(), reply)) {
      return;
    }
    UserSession session = caller.session();
    reply.when(
        reads.read(
            session.seenOffsets(),
            waitsFor(caller, request),
            store -> Optional.ofNullable(find(store, session.user(), request))),
        (found, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
          } else if (found.isEmpty()) {
            reply.refuse(
                ReplyCode.NOT_FOUND, "uuid", "uuid: you see no such message to " + request.to());
          } else {
            reply.ok(json -> write(json, found.get()));
          }
        });
  }

  /** What the caller sent, else what the caller received. */
  private static @Nullable StoredMessage find(RecordReader store, String user, Request request) {
    StoredMessage sent = store.find(request.kind(), request.to(), request.uuid(), user);
    return sent == null && request.to().equals(user)
        ? store.received(request.kind(), user, request.uuid())
        : sent;
  }

  /** A message to oneself has no reader but its sender. */
  private static void write(JsonGenerator json, StoredMessage found) throws IOException {
    String to = found.message().to();
    boolean isRead = found.read() && !to.equals(found.message().from());
    json.writeArrayFieldStart("readers");
    if (isRead) {
      json.writeString(to);
    }
    json.writeEndArray();
    json.writeNumberField("count", isRead ? 1 : 0);
  }
}
