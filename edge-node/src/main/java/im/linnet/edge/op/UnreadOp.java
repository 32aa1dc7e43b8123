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
import java.util.List;
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
    Set<StreamPartition> places = caller.session().seenOffsets().partitions(Stream.TOPIC);
    places.add(inbox.place(Stream.P2P, user));
    places.add(inbox.place(Stream.MUTUAL, user));
    return places;
  }

  @Override
  UnreadCounts ask(RecordReader store, UserSession session, Request request) {
    return store.unread(session.user());
  }

  @Override
  void write(JsonGenerator json, UnreadCounts counts) throws IOException {
    json.writeNumberField("total", counts.mutual() + total(counts.p2p()) + total(counts.topics()));
    write(json, "p2p", "peer", counts.p2p());
    write(json, "topic", "topic", counts.topics());
    json.writeNumberField("mutual", counts.mutual());
    if (counts.more()) {
      json.writeBooleanField("more", true);
    }
  }

  private static long total(List<UnreadCounts.PeerCount> counts) {
    return counts.stream().mapToLong(UnreadCounts.PeerCount::count).sum();
  }

  private static void write(
      JsonGenerator json, String field, String name, List<UnreadCounts.PeerCount> counts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (UnreadCounts.PeerCount each : counts) {
      json.writeStartObject();
      json.writeStringField(name, each.peer());
      json.writeNumberField("count", each.count());
      if (each.more()) {
        json.writeBooleanField("more", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
