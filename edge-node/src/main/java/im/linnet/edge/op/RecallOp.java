package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.RecallEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;

/** {@code recall}: takes a message of the caller's back. */
final class RecallOp implements Op<RecallOp.Request> {
  /**
   * The message.
   *
   * @param windowMillis how long after the message's time it may be taken back
   */
  record Request(Stream kind, String to, String uuid, long windowMillis) {}

  private final MessageChanges changes;

  RecallOp(MessageChanges changes) {
    this.changes = changes;
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.kind(), fields.user("to"), fields.id("uuid"), fields.limits().change());
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    MessageId message =
        new MessageId(request.kind(), request.to(), request.uuid(), caller.session().user());
    changes.make(
        caller,
        new MessageChanges.Change(
            message,
            request.windowMillis(),
            (which, of, since) -> new RecallEvent(which, of),
            null),
        reply);
  }
}
