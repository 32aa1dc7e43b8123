package im.linnet.edge.op;

import im.linnet.edge.presence.PresenceBoard;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.StatusPublisher;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * {@code presence.set}: the status that others see while the user has a session. It holds for the
 * user, on all sessions and for later ones. The presence-tracker decides. The answer waits a while
 * for the edge to show the change, so that the session sees it in its next answer.
 */
final class PresenceSetOp implements Op<PresenceSetOp.Request> {
  private static final long PATIENCE_SECONDS = 2;

  /** The status to show. */
  record Request(PresenceStatus status) {}

  private final StatusPublisher statuses;
  private final PresenceBoard board;
  private final LongSupplier retryAfterMillis;

  PresenceSetOp(StatusPublisher statuses, PresenceBoard board, LongSupplier retryAfterMillis) {
    this.statuses = statuses;
    this.board = board;
    this.retryAfterMillis = retryAfterMillis;
  }

  @Override
  public String name() {
    return "presence.set";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    PresenceStatus status = PresenceStatus.ofWire(fields.text("status"));
    if (status == null) {
      throw fields.problem("status", "is none of online, away, busy and offline");
    }
    return new Request(status);
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    reply.when(
        statuses.publish(caller.session(), request.status()),
        (done, failure) -> {
          if (failure == null) {
            reply.when(
                board
                    .whenShown(caller.session().user(), request.status())
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS),
                (shown, late) ->
                    reply.ok(json -> json.writeStringField("status", request.status().wire())));
          } else {
            NotTaken.tell(reply, failure, retryAfterMillis.getAsLong());
          }
        });
  }
}
