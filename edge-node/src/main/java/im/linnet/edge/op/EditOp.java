package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;

/** {@code edit}: gives a message of the caller's another text. */
final class EditOp implements Op<EditOp.Request> {
  /**
   * The message and its new text.
   *
   * @param windowMillis how long after the message's time it may be changed
   */
  record Request(Stream kind, String to, String uuid, String content, long windowMillis) {}

  private final MessageChanges changes;

  EditOp(MessageChanges changes) {
    this.changes = changes;
  }

  @Override
  public String name() {
    return "edit";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.kind(),
        fields.user("to"),
        fields.id("uuid"),
        SendOp.content(fields),
        fields.limits().change());
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
            (which, of, since) -> new EditEvent(which, request.content(), of, since),
            request.content()),
        reply);
  }
}
