package im.linnet.edge.session;

import im.linnet.edge.ops.OpMeters;
import im.linnet.log.Callbacks;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one request; the first one given counts. A request without an id is answered only
 * if it failed. Safe on any thread. The reply's bytes are built on the session's event loop, and
 * leave in the order of the answers.
 */
public final class Responder {
  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
  private static final String FAILED = "the request failed";

  private final UserSession session;
  private final @Nullable String id;
  private final OpMeters meters;
  private final long began = System.nanoTime();
  private final AtomicBoolean answered = new AtomicBoolean();

  Responder(UserSession session, @Nullable String id, OpMeters meters) {
    this.session = session;
    this.id = id;
    this.meters = meters;
  }

  /**
   * Answers success, with these fields in {@code data}.
   *
   * @param data called once, on the session's event loop
   */
  public void ok(JsonBytes.Fields data) {
    if (id != null) {
      answer(ReplyCode.OK, () -> Frames.ok(id, data));
    } else if (answered.compareAndSet(false, true)) {
      meters.replied(ReplyCode.OK, System.nanoTime() - began);
      session.answered();
    }
  }

  /** Answers failure with this code. */
  public void error(ReplyCode code, String detail) {
    answer(code, () -> Frames.error(id, code, detail));
  }

  /** Refuses a field that cannot be used as it stands; {@code detail} begins with its name. */
  public void bad(String field, String detail) {
    refuse(ReplyCode.BAD_REQUEST, field, detail);
  }

  /** What a field asks for is refused; {@code detail} begins with its name. */
  public void refuse(ReplyCode code, String field, String detail) {
    bad(new BadRequestException(code, id, field, detail));
  }

  /** Refuses a request that cannot be served as it stands. */
  void bad(BadRequestException problem) {
    answer(problem.code(), () -> Frames.error(problem));
  }

  /** Answers that the request cannot be served now, with the time after which to try again. */
  public void unavailable(String detail, long retryAfterMillis) {
    answer(
        ReplyCode.UNAVAILABLE,
        () -> Frames.error(id, ReplyCode.UNAVAILABLE, detail, retryAfterMillis));
  }

  /** Answers that the session asks too often, with the time after which to try again. */
  public void rateLimited(String detail, long retryAfterMillis) {
    answer(
        ReplyCode.RATE_LIMITED,
        () -> Frames.error(id, ReplyCode.RATE_LIMITED, detail, retryAfterMillis));
  }

  /** Answers that an error of the edge kept the request from being served. */
  public void broken(Throwable mistake) {
    LOG.error("{} a request failed", session, mistake);
    error(ReplyCode.INTERNAL, FAILED);
  }

  /**
   * Goes on once a future is done, on the thread that completes it. If {@code then} throws, the
   * request is answered with 5000.
   *
   * @param then gets the result or the failure; the other one is null
   */
  public <T> void when(CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> then) {
    Callbacks.whenDone(stage, then, logged -> error(ReplyCode.INTERNAL, FAILED));
  }

  private void answer(ReplyCode code, Supplier<byte[]> frame) {
    if (answered.compareAndSet(false, true)) {
      session.offerLate(() -> built(code, frame));
      session.answered();
    }
  }

  private byte[] built(ReplyCode code, Supplier<byte[]> frame) {
    try {
      byte[] bytes = frame.get();
      meters.replied(code, System.nanoTime() - began);
      return bytes;
    } catch (RuntimeException | Error e) {
      // The outbox builds replies among other frames, which must leave also if this one fails.
      LOG.error("{} a reply could not be written", session, e);
      meters.replied(ReplyCode.INTERNAL, System.nanoTime() - began);
      return Frames.error(id, ReplyCode.INTERNAL, FAILED);
    }
  }
}
