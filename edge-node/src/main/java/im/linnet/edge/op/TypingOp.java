package im.linnet.edge.op;

import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.SignalPublisher;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.TypingEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import java.util.function.LongSupplier;

/** {@code typing}: tells those who are there now that the caller is writing a message. */
final class TypingOp implements Op<TypingOp.Request> {
  /** The recipient of the message that is being written. */
  record Request(Stream kind, String to) {}

  private final SignalPublisher signals;
  private final TopicAccess topics;
  private final RecipientRules rules;
  private final Failures failures;
  private final LongSupplier retryAfterMillis;

  TypingOp(
      SignalPublisher signals,
      TopicAccess topics,
      RecipientRules rules,
      Failures failures,
      LongSupplier retryAfterMillis) {
    this.signals = signals;
    this.topics = topics;
    this.rules = rules;
    this.failures = failures;
    this.retryAfterMillis = retryAfterMillis;
  }

  @Override
  public String name() {
    return "typing";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.kind(), fields.user("to"));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    long wait = caller.signals().take();
    if (wait > 0) {
      reply.rateLimited("too many signals", wait);
    } else if (request.kind() == Stream.TOPIC) {
      var unused =
          topics.ifMember(
              caller.session(),
              "to",
              request.to(),
              reply,
              () -> publish(caller.session(), request, reply));
    } else {
      toUser(caller.session(), request, reply);
    }
  }

  private void toUser(UserSession session, Request request, Responder reply) {
    if (rules.known(session.user()) != null) {
      judge(session, request, reply);
      return;
    }
    reply.when(
        rules.load(session.user()),
        (relations, failure) -> {
          if (failure == null) {
            judge(session, request, reply);
          } else {
            failures.tell(reply, failure);
          }
        });
  }

  private void judge(UserSession session, Request request, Responder reply) {
    String refusal = rules.refusal(request.kind(), session.user(), request.to());
    if (refusal == null) {
      publish(session, request, reply);
    } else {
      reply.refuse(ReplyCode.FORBIDDEN, "to", refusal);
    }
  }

  private void publish(UserSession session, Request request, Responder reply) {
    reply.when(
        signals.publish(
            new TypingEvent(request.kind(), session.user(), request.to()), session.id()),
        (done, failure) -> {
          if (failure == null) {
            reply.ok(json -> {});
          } else {
            NotTaken.tell(reply, failure, retryAfterMillis.getAsLong());
          }
        });
  }
}
