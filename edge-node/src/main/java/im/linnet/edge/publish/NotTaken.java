package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.log.publish.PublishException;
import im.linnet.schemas.frame.ReplyCode;

/** Tells a client why the log did not take what it sent. */
public final class NotTaken {
  private NotTaken() {}

  /**
   * Answers a request whose record was not acknowledged.
   *
   * @param failure of the publication, also one that travelled through further stages
   * @param retryAfterMillis when to try again, where that may help
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
