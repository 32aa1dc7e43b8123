package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.UnreadCounts;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;

/** {@code unread}: the number of unread messages, counted now. */
final class UnreadOp extends ViewOp<UnreadOp.Request, UnreadCounts> {
  record Request() {}

  private final InboxPublisher inbox;

  UnreadOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return "unread";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    String user = caller.session().user();
    return Set.of(inbox.place(Stream.P2P, user), inbox.place(Stream.MUTUAL, user));
  }

  @Override
  UnreadCounts ask(RecordReader store, UserSession session, Request request) {
    return store.unread(session.user());
  }

  @Override
  void write(JsonGenerator json, UnreadCounts counts) throws IOException {
    long total = counts.mutual();
    for (UnreadCounts.PeerCount peer : counts.p2p()) {
      total += peer.count();
    }
    json.writeNumberField("total", total);
    json.writeArrayFieldStart("p2p");
    for (UnreadCounts.PeerCount peer : counts.p2p()) {
      json.writeStartObject();
      json.writeStringField("peer", peer.peer());
      json.writeNumberField("count", peer.count());
      if (peer.more()) {
        json.writeBooleanField("more", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("topic");
    json.writeEndArray();
    json.writeNumberField("mutual", counts.mutual());
  }
}
