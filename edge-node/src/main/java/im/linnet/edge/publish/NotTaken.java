package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.log.publish.PublishException;
import im.linnet.schemas.frame.ReplyCode;

/** Answers a client after the log did not take its record. */
public final class NotTaken {
  private NotTaken() {}

  /**
   * Answers a request after its record was not acknowledged.
   *
   * @param failure the failure of the publication, also if it passed through further stages
   * @param retryAfterMillis the time after which to try again, for failures that may pass
   */
  public static void tell(Responder reply, Throwable failure, long retryAfterMillis) {
    switch (PublishException.reasonOf(failure)) {
      case OVERLOADED -> reply.unavailable("the log takes no more just now", retryAfterMillis);
      case TIMEOUT -> reply.unavailable("the log did not acknowledge it in time", retryAfterMillis);
      case STALE -> reply.unavailable("it reached the log too late to count", retryAfterMillis);
      case FATAL -> reply.error(ReplyCode.INTERNAL, "the log refused it");
    }
  }
}
