package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;

/** {@code topic.info}: what a member is told of a topic. */
final class TopicInfoOp extends ViewOp<TopicInfoOp.Request, TopicSummary> {
  /** A topic. */
  record Request(String topic) {}

  private final TopicAccess topics;

  TopicInfoOp(TopicAccess topics, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.topics = topics;
  }

  @Override
  public String name() {
    return "topic.info";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.user("topic"));
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(topics.place(request.topic()));
  }

  @Override
  TopicSummary ask(RecordReader store, UserSession session, Request request)
      throws RefusedException {
    return TopicAccess.standing(store, session, request.topic()).topicOfMember("topic");
  }

  @Override
  void write(JsonGenerator json, TopicSummary summary) throws IOException {
    TopicText.write(json, summary);
  }
}
