package im.linnet.edge.op;

import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.SendRules;
import im.linnet.edge.publish.SignalPublisher;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.TypingEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.function.LongSupplier;

/** {@code typing}: tells those who are there now that the caller is writing a message. */
final class TypingOp implements Op<TypingOp.Request> {
  /** The recipient of the message that is being written. */
  record Request(Stream kind, String to) {}

  private final SignalPublisher signals;
  private final SendRules rules;
  private final LongSupplier retryAfterMillis;

  TypingOp(SignalPublisher signals, SendRules rules, LongSupplier retryAfterMillis) {
    this.signals = signals;
    this.rules = rules;
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
    } else {
      judge(caller.session(), request, reply);
    }
  }

  private void judge(UserSession session, Request request, Responder reply) {
    reply.when(
        rules.judge(session, request.kind(), request.to()),
        (refusal, failure) -> {
          if (failure != null) {
            reply.broken(failure);
          } else if (refusal.isPresent()) {
            refusal.get().tell(reply);
          } else {
            publish(session, request, reply);
          }
        });
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
