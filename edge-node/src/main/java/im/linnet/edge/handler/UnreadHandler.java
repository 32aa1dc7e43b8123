package im.linnet.edge.handler;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.UnreadCounts;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.io.IOException;
import java.util.Set;

/** {@code unread}: how much, counted now. */
final class UnreadHandler {
  private final InboxPublisher inbox;
  private final ViewReads reads;
  private final Failures failures;

  UnreadHandler(InboxPublisher inbox, ViewReads reads, Failures failures) {
    this.inbox = inbox;
    this.reads = reads;
    this.failures = failures;
  }

  void serve(UserSession session, Responder reply) {
    Set<StreamPartition> own =
        Set.of(inbox.place(Stream.P2P, session.user()), inbox.place(Stream.MUTUAL, session.user()));
    reply.when(
        reads.read(session.places(), own, (RecordReader store) -> store.unread(session.user())),
        (counts, failure) -> {
          if (failure == null) {
            reply.ok(json -> write(json, counts));
          } else {
            failures.tell(reply, failure);
          }
        });
  }

  static void write(JsonGenerator json, UnreadCounts counts) throws IOException {
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
