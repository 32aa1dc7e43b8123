package im.linnet.edge.op;

import im.linnet.edge.session.AuthRequest;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;

/** {@code auth}: the connection serves it before the session begins, so a session refuses it. */
final class AuthOp implements Op<AuthRequest> {
  @Override
  public String name() {
    return AuthRequest.OP;
  }

  @Override
  public Role role() {
    return Role.GUEST;
  }

  @Override
  public AuthRequest read(RequestFields fields) throws BadRequestException {
    return AuthRequest.read(fields);
  }

  @Override
  public void serve(Caller caller, AuthRequest request, Responder reply) {
    reply.error(ReplyCode.CONFLICT, "the session has authenticated");
  }
}
