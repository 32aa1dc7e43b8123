package im.linnet.edge.op;

import im.linnet.edge.command.Answer;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.TopicAct;
import im.linnet.schemas.event.TopicCommand;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An op that changes a topic: the decider judges it, and the answer is the topic as it is after it.
 */
final class TopicCommandOp extends CommandOp<TopicCommandOp.Request> {
  private final TopicStep step;
  private final TopicAccess topics;

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
    super(parts);
    this.step = step;
    this.topics = topics;
  }

  @Override
  public String name() {
    return step.op();
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    String topic = step == TopicStep.CREATE && !fields.has("topic") ? null : fields.user("topic");
    return new Request(topic, commandId(fields), step.read(fields));
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return request.topic() == null ? Set.of() : Set.of(topics.place(request.topic()));
  }

  @Override
  @Nullable String id(Request request) {
    return request.uuid();
  }

  @Override
  String bounded() {
    return step.bounded();
  }

  @Override
  CommandEvent command(String user, Request request, String uuid) {
    String named = request.topic();
    String topic = named == null ? idOf(user, uuid) : named;
    return request.command().apply(new TopicAct(topic, user, uuid));
  }

  @Override
  void done(Caller caller, CommandEvent command, Answer answer, Responder reply) {
    topics.tell(caller.session(), command.owner(), answer.repeated(), reply);
  }

  /** A repeat with the uuid of the first attempt is about the same topic. */
  private static String idOf(String founder, String uuid) {
    return UUID.nameUUIDFromBytes((founder + "/" + uuid).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
