package im.linnet.edge.command;

import im.linnet.edge.session.Responder;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.PublishException;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** Tells a client about a command that was refused, or that nobody has judged. */
public final class Verdicts {
  private Verdicts() {}

  /**
   * The answer to a command that was refused.
   *
   * @param bounded the field of the request that asks for more than there is room for, where the
   *     command is too large
   */
  public static void refuse(Answer answer, String bounded, Responder reply) {
    String message = answer.message();
    String detail = message == null ? answer.code().word() : message;
    if (answer.code() == ReplyCode.TOO_LARGE) {
      reply.refuse(answer.code(), bounded, detail);
    } else {
      reply.error(answer.code(), detail);
    }
  }

  /** The answer where there is no verdict. */
  public static void tell(Responder reply, Throwable failure, long retryAfterMillis) {
    switch (Callbacks.cause(failure)) {
      case DeciderLagsException lags ->
          reply.unavailable(String.valueOf(lags.getMessage()), retryAfterMillis);
      case TimeoutException late ->
          reply.unavailable(
              "it is not judged yet: repeat it with its uuid and retry", retryAfterMillis);
      case RejectedExecutionException full ->
          reply.unavailable("too many commands wait", retryAfterMillis);
      case CancellationException ended -> reply.unavailable("the edge ends", retryAfterMillis);
      case PublishException refused ->
          reply.unavailable("the log does not take it now", retryAfterMillis);
      case Throwable mistake -> reply.broken(mistake);
    }
  }
}
