package im.linnet.edge.session;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request; the first one given counts. A request without an id is answered only
 * where it failed. Safe on any thread.
 */
public final class Responder {
  private final UserSession session;
  private final @Nullable String id;
  private final EdgeMetrics metrics;
  private final AtomicBoolean answered = new AtomicBoolean();

  Responder(UserSession session, @Nullable String id, EdgeMetrics metrics) {
    this.session = session;
    this.id = id;
    this.metrics = metrics;
  }

  /** Success, with these fields in {@code data}. */
  public void ok(JsonBytes.Fields data) {
    if (begin(ReplyCode.OK)) {
      if (id != null) {
        session.outbox().offer(Frames.ok(id, data));
      }
      session.answered();
    }
  }

  /** Failure. */
  public void error(ReplyCode code, String detail) {
    if (begin(code)) {
      session.outbox().offer(Frames.error(id, code, detail));
      session.answered();
    }
  }

  /** A field cannot be used as it stands; {@code detail} begins with its name. */
  public void bad(String field, String detail) {
    if (begin(ReplyCode.BAD_REQUEST)) {
      session
          .outbox()
          .offer(Frames.error(new BadRequestException(ReplyCode.BAD_REQUEST, id, field, detail)));
      session.answered();
    }
  }

  /** Not now: the client is told when to try again. */
  public void unavailable(String detail, long retryAfterMillis) {
    if (begin(ReplyCode.UNAVAILABLE)) {
      session.outbox().offer(Frames.error(id, ReplyCode.UNAVAILABLE, detail, retryAfterMillis));
      session.answered();
    }
  }

  private boolean begin(ReplyCode code) {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    metrics.replied(code);
    return true;
  }
}
