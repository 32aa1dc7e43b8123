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
final class FriendRequestsOp extends ViewOp<FriendRequestsOp.Request, FriendRequestsOp.Answer> {
  /** The op has no fields. */
  record Request() {}

  /**
   * The newest requests.
   *
   * @param more whether there are older ones
   */
  record Answer(List<Listed> requests, boolean more) {}

  /**
   * A request with its text, or with the begin of it.
   *
   * @param text what the reply shows of its text
   */
  record Listed(StoredRequest request, String text) {}

  /** The most requests of one answer. */
  static final int MOST = 200;

  /** The texts of one answer, in bytes of UTF-8. */
  static final int MOST_TEXT = 64 * 1024;

  /** Where the texts do not fit, so many characters are shown of each. */
  static final int SHORT = 256;

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
  Answer ask(RecordReader store, UserSession session, Request request) {
    List<StoredRequest> found = store.requests(session.user(), MOST + 1);
    List<StoredRequest> newest = found.subList(0, Math.min(found.size(), MOST));
    boolean whole =
        newest.stream().mapToLong(each -> Utf8.length(each.message())).sum() <= MOST_TEXT;
    List<Listed> listed = new ArrayList<>();
    int text = 0;
    for (StoredRequest each : newest) {
      String message = whole ? each.message() : begin(each.message());
      text += Utf8.length(message);
      if (text > MOST_TEXT) {
        break;
      }
      listed.add(new Listed(each, message));
    }
    return new Answer(listed, listed.size() < found.size());
  }

  private static String begin(String message) {
    return message.codePointCount(0, message.length()) <= SHORT
        ? message
        : message.substring(0, message.offsetByCodePoints(0, SHORT));
  }

  @Override
  void write(JsonGenerator json, Answer answer) throws IOException {
    json.writeArrayFieldStart("requests");
    for (Listed listed : answer.requests()) {
      StoredRequest each = listed.request();
      json.writeStartObject();
      json.writeStringField("user", each.user());
      json.writeStringField("reqUser", each.reqUser());
      json.writeStringField("reqMessage", listed.text());
      if (listed.text().length() < each.message().length()) {
        json.writeBooleanField("cut", true);
      }
      json.writeNumberField("status", each.status().number());
      json.writeNumberField("time", each.timeSeconds());
      json.writeStringField("uuid", each.uuid());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (answer.more()) {
      json.writeBooleanField("more", true);
    }
  }
}
