package im.linnet.edge.op;

import im.linnet.edge.command.Verdicts;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An op that changes a topic: the decider judges it, and the answer is the topic as it is after it.
 */
final class TopicCommandOp implements Op<TopicCommandOp.Request> {
  private final TopicStep step;
  private final TopicAccess topics;
  private final SendParts parts;

  /**
   * What the client wants.
   *
   * @param topic the topic; null if the server shall name it
   * @param uuid the client's id for the request; null if the server shall draw one
   * @param command the command, for a topic, a caller and a uuid
   */
  record Request(
      @Nullable String topic, @Nullable String uuid, Function<TopicAct, TopicCommand> command) {}

  TopicCommandOp(TopicStep step, TopicAccess topics, SendParts parts) {
    this.step = step;
    this.topics = topics;
    this.parts = parts;
  }

  @Override
  public String name() {
    return step.op();
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    // A repeat has the uuid of the first attempt, and gets its verdict anyway.
    var unused = fields.flag("retry");
    String topic = step == TopicStep.CREATE && !fields.has("topic") ? null : fields.user("topic");
    return new Request(topic, fields.optionalId("uuid"), step.read(fields));
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return request.topic() == null ? Set.of() : Set.of(topics.place(request.topic()));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    UserSession session = caller.session();
    String given = request.uuid();
    String uuid = given == null ? parts.uuids().get() : given;
    String named = request.topic();
    String topic = named == null ? idOf(session.user(), uuid) : named;
    TopicCommand command = request.command().apply(new TopicAct(topic, session.user(), uuid));
    reply.when(
        parts.decider().ask(command, session.id()),
        (answer, failure) -> {
          if (failure != null) {
            Verdicts.tell(reply, failure, parts.retryAfterMillis().getAsLong());
            return;
          }
          session.seenOffsets().saw(answer.at());
          if (answer.code() == ReplyCode.OK) {
            topics.tell(session, topic, reply);
          } else {
            Verdicts.refuse(answer, reply);
          }
        });
  }

  /** A repeat with the uuid of the first attempt is about the same topic. */
  private static String idOf(String founder, String uuid) {
    return UUID.nameUUIDFromBytes((founder + "/" + uuid).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
