package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.StoredRequest;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Utf8;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code friend.requests}: the newest requests of the caller and to the caller. */
final class FriendRequestsOp extends ViewOp<FriendRequestsOp.Request, List<StoredRequest>> {
  /** The op has no fields. */
  record Request() {}

  /** The most requests of one answer. */
  static final int MOST = 200;

  /** The texts of one answer, in bytes of UTF-8; the newest request is in it however large. */
  static final int MOST_TEXT = 64 * 1024;

  private final InboxPublisher inbox;

  FriendRequestsOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return "friend.requests";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(inbox.place(Stream.MUTUAL, caller.session().user()));
  }

  @Override
  List<StoredRequest> ask(RecordReader store, UserSession session, Request request) {
    List<StoredRequest> newest = new ArrayList<>();
    int text = 0;
    for (StoredRequest each : store.requests(session.user(), MOST)) {
      text += Utf8.length(each.message());
      if (text > MOST_TEXT && !newest.isEmpty()) {
        break;
      }
      newest.add(each);
    }
    return newest;
  }

  @Override
  void write(JsonGenerator json, List<StoredRequest> requests) throws IOException {
    json.writeArrayFieldStart("requests");
    for (StoredRequest each : requests) {
      json.writeStartObject();
      json.writeStringField("user", each.user());
      json.writeStringField("reqUser", each.reqUser());
      json.writeStringField("reqMessage", each.message());
      json.writeNumberField("status", each.status().number());
      json.writeNumberField("time", each.timeSeconds());
      json.writeStringField("uuid", each.uuid());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
