package im.linnet.edge.op;

import im.linnet.edge.command.Answer;
import im.linnet.edge.command.Verdicts;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * An op that the decider judges. The answer is what the command has changed, as the view has it
 * after it.
 *
 * @param <R> the request
 */
abstract class CommandOp<R> implements Op<R> {
  private final SendParts parts;

  CommandOp(SendParts parts) {
    this.parts = parts;
  }

  /** The parts that judge. */
  SendParts parts() {
    return parts;
  }

  /**
   * The client's id for the command; null if the server shall draw one. A repeat has the id of the
   * first attempt, so it gets its verdict whether it says {@code retry} or not.
   */
  static @Nullable String commandId(RequestFields fields) throws BadRequestException {
    var unused = fields.flag("retry");
    return fields.optionalId("uuid");
  }

  /** The client's id in a request. */
  abstract @Nullable String id(R request);

  /** The field of a request that asks for more than there is room for, where it is too large. */
  abstract String bounded();

  /**
   * The command of a request.
   *
   * @param user the caller
   * @param uuid the command's id
   * @throws RefusedException if the edge itself can tell that the caller may not ask for it
   */
  abstract CommandEvent command(String user, R request, String uuid) throws RefusedException;

  /** Answers after the command was judged good; safe on any thread. */
  abstract void done(Caller caller, CommandEvent command, Answer answer, Responder reply);

  @Override
  public final void serve(Caller caller, R request, Responder reply) {
    UserSession session = caller.session();
    String given = id(request);
    CommandEvent command;
    try {
      command = command(session.user(), request, given == null ? parts.uuids().get() : given);
    } catch (RefusedException refused) {
      refused.tell(reply);
      return;
    }
    reply.when(
        parts.decider().ask(command, session.id()),
        (answer, failure) -> {
          if (failure != null) {
            Verdicts.tell(reply, failure, parts.retryAfterMillis().getAsLong());
            return;
          }
          session.seenOffsets().saw(answer.at());
          if (answer.code() == ReplyCode.OK) {
            done(caller, command, answer, reply);
          } else {
            Verdicts.refuse(answer, bounded(), reply);
          }
        });
  }
}
