package im.linnet.edge.attach;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.publish.PublishException;
import im.linnet.records.StoreUnavailableException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of one attach: live, failed, or over because the session ended. The first end counts; it
 * makes room for the next session and tells the caller. Safe on any thread.
 */
final class AttachEnd {
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Runnable leave;

  AttachEnd(Runnable leave) {
    this.leave = leave;
  }

  /** The result for the caller. */
  CompletableFuture<Void> result() {
    return result;
  }

  boolean isOver() {
    return ended.get();
  }

  boolean live() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    leave.run();
    result.complete(null);
    return true;
  }

  boolean failed(Throwable cause) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    leave.run();
    result.completeExceptionally(cause);
    return true;
  }

  /** Ends quietly: the session has ended. */
  void over() {
    failed(new CancellationException("the session has ended"));
  }

  /** Refuses a session that was never let in. */
  static CompletableFuture<Void> refused(LiveSession session) {
    return CompletableFuture.failedFuture(
        new RejectedExecutionException("too many sessions attach before " + session.id()));
  }

  /** The reason for the client. */
  static String reason(Throwable cause) {
    return switch (cause) {
      case StoreUnavailableException e -> "the store cannot serve this now";
      case LogUnavailableException e -> "the log cannot serve this now";
      case PublishException e -> "the log cannot take this session now";
      case BehindException e -> String.valueOf(e.getMessage());
      case TimeoutException e -> "it took too long";
      case RejectedExecutionException e -> "too many sessions attach";
      default -> "try again";
    };
  }

  /** Whether the failure is a mistake of ours. */
  static boolean isOurs(Throwable cause) {
    return switch (cause) {
      case StoreUnavailableException e -> false;
      case LogUnavailableException e -> false;
      case PublishException e -> false;
      case BehindException e -> false;
      case TimeoutException e -> false;
      case RejectedExecutionException e -> false;
      case CancellationException e -> false;
      default -> true;
    };
  }
}
