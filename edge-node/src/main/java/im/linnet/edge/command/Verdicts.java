package im.linnet.edge.command;

import im.linnet.edge.session.Responder;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.PublishException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** Tells a client about a command that was refused, or that nobody has judged. */
public final class Verdicts {
  private Verdicts() {}

  /** The answer to a command that was refused. */
  public static void refuse(Answer answer, Responder reply) {
    String message = answer.message();
    reply.error(answer.code(), message == null ? answer.code().word() : message);
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
