package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.frame.RequestFields;
import java.time.Clock;

/** {@code ping}: a sign of life, answered with the time of day. */
final class PingOp implements Op<PingOp.Request> {
  record Request() {}

  private final Clock clock;

  PingOp(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ping";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    reply.ok(json -> json.writeNumberField("time", clock.millis()));
  }
}
