package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.log.Callbacks;
import im.linnet.records.StoreUnavailableException;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a client after the store did not answer. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final LongSupplier retryAfterMillis;

  Failures(LongSupplier retryAfterMillis) {
    this.retryAfterMillis = retryAfterMillis;
  }

  void tell(Responder reply, Throwable failure) {
    Throwable cause = Callbacks.cause(failure);
    switch (cause) {
      case TimeoutException late -> unavailable(reply, "the view lags behind the log");
      case RejectedExecutionException full -> unavailable(reply, "too many reads wait");
      case StoreUnavailableException down -> unavailable(reply, "the store does not answer");
      default -> {
        LOG.error("a read failed", cause);
        reply.error(ReplyCode.INTERNAL, "the read failed");
      }
    }
  }

  private void unavailable(Responder reply, String detail) {
    reply.unavailable(detail, retryAfterMillis.getAsLong());
  }
}
