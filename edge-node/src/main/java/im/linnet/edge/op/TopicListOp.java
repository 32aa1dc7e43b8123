package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code topic.list}: the topics that the caller is in, by id. */
final class TopicListOp extends ViewOp<TopicListOp.Request, List<TopicSummary>> {
  /** The op has no fields. */
  record Request() {}

  TopicListOp(ViewReads reads, Failures failures) {
    super(reads, failures);
  }

  @Override
  public String name() {
    return "topic.list";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  /** Any topic may have become the caller's. */
  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return caller.session().seenOffsets().partitions(Stream.TOPIC);
  }

  @Override
  List<TopicSummary> ask(RecordReader store, UserSession session, Request request) {
    return store.topics().of(session.user());
  }

  @Override
  void write(JsonGenerator json, List<TopicSummary> topics) throws IOException {
    json.writeArrayFieldStart("topics");
    for (TopicSummary each : topics) {
      json.writeStartObject();
      TopicText.write(json, each);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
