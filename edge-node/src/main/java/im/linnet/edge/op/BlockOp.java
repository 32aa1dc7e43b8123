package im.linnet.edge.op;

import im.linnet.edge.command.Answer;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.session.Responder;
import im.linnet.records.Circle;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * {@code block.add} and {@code block.remove}: what a user does to their list of blocked users,
 * answered with the list. A user who is on it already, or not on it, is no mistake.
 */
final class BlockOp extends CommandOp<BlockOp.Request> {
  private final BlockAct act;
  private final CircleOp list;

  /**
   * A change of the list.
   *
   * @param user who is blocked, or is not any more
   * @param uuid the client's id for it, null if the server shall draw one
   */
  record Request(String user, @Nullable String uuid) {}

  /**
   * @param act which of the two ops
   * @param list answers with the list
   */
  BlockOp(BlockAct act, SendParts parts, CircleOp list) {
    super(parts);
    this.act = act;
    this.list = list;
  }

  @Override
  public String name() {
    return act.command();
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.user("user"), commandId(fields));
  }

  @Override
  @Nullable String id(Request request) {
    return request.uuid();
  }

  @Override
  String bounded() {
    return "user";
  }

  @Override
  CommandEvent command(String user, Request request, String uuid) throws RefusedException {
    if (request.user().equals(user)) {
      throw new RefusedException(
          ReplyCode.BAD_REQUEST, "user", "that is yourself, name another user");
    }
    if (act == BlockAct.ADD && parts().rules().isFull(user, Circle.BLOCKED, request.user())) {
      throw new RefusedException(
          ReplyCode.TOO_LARGE,
          "user",
          "you block " + Circle.BLOCKED.most() + " users already, take one off the list");
    }
    return new BlockCommand(act, uuid, user, request.user());
  }

  @Override
  void done(Caller caller, CommandEvent command, Answer answer, Responder reply) {
    list.answer(caller, new CircleOp.Request(), reply);
  }
}
