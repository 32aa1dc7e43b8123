package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.frame.RequestFields;

/** {@code pong}: the answer to a server's ping on TCP. */
final class PongOp implements Op<PongOp.Request> {
  record Request() {}

  @Override
  public String name() {
    return "pong";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    reply.ok(json -> {});
  }
}
