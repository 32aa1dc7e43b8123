package im.linnet.edge.op;

import im.linnet.edge.publish.Sender;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.SessionRequests;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session with the state that ops keep for it between two requests. Each part is created at its
 * first use. Owned by the session's event loop.
 */
final class Caller implements SessionRequests {
  private final UserSession session;
  private final Ops ops;
  private @Nullable Sender sender;
  private @Nullable Set<String> watched;
  private @Nullable SignalBudget signals;

  Caller(UserSession session, Ops ops) {
    this.session = session;
    this.ops = ops;
  }

  UserSession session() {
    return session;
  }

  /** Publishes the session's messages in order. */
  Sender sender() {
    Sender current = sender;
    if (current == null) {
      current = ops.sender(session);
      sender = current;
    }
    return current;
  }

  /** The users whose presence the session watches. */
  Set<String> watched() {
    Set<String> current = watched;
    if (current == null) {
      current = new HashSet<>();
      watched = current;
    }
    return current;
  }

  /** The signals that the session may still send. */
  SignalBudget signals() {
    SignalBudget current = signals;
    if (current == null) {
      current = new SignalBudget(System::nanoTime);
      signals = current;
    }
    return current;
  }

  @Override
  public void serve(RequestFields request, Responder reply) throws BadRequestException {
    request.requireGoodId();
    serve(ops.op(request), request, reply);
  }

  private <R> void serve(Op<R> op, RequestFields request, Responder reply)
      throws BadRequestException {
    op.serve(this, op.read(request), reply);
  }

  @Override
  public void ended() {
    if (watched != null) {
      ops.forget(session, watched);
    }
  }
}
