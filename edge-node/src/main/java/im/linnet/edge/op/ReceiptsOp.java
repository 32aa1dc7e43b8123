package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Membership;
import im.linnet.records.Readers;
import im.linnet.records.RecordReader;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code receipts}: who has read a message. Its sender may ask, and its recipient; of a message in
 * a topic each member who can see it.
 */
final class ReceiptsOp extends ViewOp<ReceiptsOp.Request, Readers> {
  /** A message to that recipient. */
  record Request(Stream kind, String to, String uuid) {}

  private static final int MOST_NAMES = 200;

  private final InboxPublisher inbox;

  ReceiptsOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.inbox = inbox;
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
  Readers ask(RecordReader store, UserSession session, Request request) throws RefusedException {
    Readers readers =
        request.kind() == Stream.TOPIC
            ? inTopic(store, session, request)
            : ofUsers(store, session.user(), request);
    if (readers == null) {
      throw new RefusedException(
          ReplyCode.NOT_FOUND, "uuid", "you see no such message to " + request.to());
    }
    return readers;
  }

  private static @Nullable Readers inTopic(RecordReader store, UserSession session, Request request)
      throws RefusedException {
    Membership member = TopicAccess.standing(store, session, request.to()).require("to");
    StoredMessage message = store.topics().find(request.to(), request.uuid());
    return message == null || !member.sees(message.at().offset())
        ? null
        : store.topics().readers(message, MOST_NAMES);
  }

  /** A message to oneself has no reader but its sender. */
  private static @Nullable Readers ofUsers(RecordReader store, String user, Request request) {
    StoredMessage found = find(store, user, request);
    if (found == null) {
      return null;
    }
    String to = found.message().to();
    boolean isRead = found.read() && !to.equals(found.message().from());
    return isRead ? new Readers(List.of(to), 1) : new Readers(List.of(), 0);
  }

  /** What the caller sent, else what the caller received. */
  private static @Nullable StoredMessage find(RecordReader store, String user, Request request) {
    StoredMessage sent = store.find(request.kind(), request.to(), request.uuid(), user);
    return sent == null && request.to().equals(user)
        ? store.received(request.kind(), user, request.uuid())
        : sent;
  }

  @Override
  void write(JsonGenerator json, Readers readers) throws IOException {
    json.writeArrayFieldStart("readers");
    for (String name : readers.names()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeNumberField("count", readers.count());
  }
}
