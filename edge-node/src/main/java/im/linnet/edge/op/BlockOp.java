package im.linnet.edge.op;

import im.linnet.edge.command.Verdicts;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Circle;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * {@code block.add} and {@code block.remove}: what a user does to their list of blocked users,
 * answered with the list. A user who is on it already, or not on it, is no mistake.
 */
final class BlockOp implements Op<BlockOp.Request> {
  private final BlockAct act;
  private final SendParts parts;
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
    this.act = act;
    this.parts = parts;
    this.list = list;
  }

  @Override
  public String name() {
    return act.command();
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    // A repeat has the uuid of the first attempt, and gets its verdict anyway.
    var unused = fields.flag("retry");
    return new Request(fields.user("user"), fields.optionalId("uuid"));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    UserSession session = caller.session();
    if (request.user().equals(session.user())) {
      reply.bad("user", "user: that is yourself, name another user");
      return;
    }
    if (act == BlockAct.ADD && parts.rules().isFull(session.user(), Circle.BLOCKED)) {
      reply.refuse(
          ReplyCode.TOO_LARGE,
          "user",
          "user: you block " + RecipientRules.MOST + " users already, take one off the list");
      return;
    }
    String given = request.uuid();
    String uuid = given == null ? parts.uuids().get() : given;
    reply.when(
        parts
            .decider()
            .ask(new BlockCommand(act, uuid, session.user(), request.user()), session.id()),
        (answer, failure) -> {
          if (failure != null) {
            Verdicts.tell(reply, failure, parts.retryAfterMillis().getAsLong());
            return;
          }
          session.seenOffsets().saw(answer.at());
          if (answer.code() == ReplyCode.OK) {
            list.answer(caller, new CircleOp.Request(), reply);
          } else {
            Verdicts.refuse(answer, reply);
          }
        });
  }
}
