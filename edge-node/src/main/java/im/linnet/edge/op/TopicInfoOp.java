package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.Set;

/** {@code topic.info}: what a member is told of a topic. */
final class TopicInfoOp implements Op<TopicInfoOp.Request> {
  /** A topic. */
  record Request(String topic) {}

  private final TopicAccess topics;

  TopicInfoOp(TopicAccess topics) {
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
  public void serve(Caller caller, Request request, Responder reply) {
    topics.answer(
        caller.session(),
        "topic",
        request.topic(),
        reply,
        (store, member) -> store.topics().summary(member.topic()),
        summary -> reply.ok(json -> TopicText.write(json, summary)));
  }
}
