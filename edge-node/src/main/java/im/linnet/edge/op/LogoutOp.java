package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.RequestFields;

/** {@code logout}: the client leaves; requests before it are answered first. */
final class LogoutOp implements Op<LogoutOp.Request> {
  record Request() {}

  @Override
  public String name() {
    return "logout";
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    UserSession session = caller.session();
    session.leave(
        () -> {
          reply.ok(json -> {});
          session.hangUp();
        });
  }
}
