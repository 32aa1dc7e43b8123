package im.linnet.log.publish;

import im.linnet.log.Callbacks;
import org.jspecify.annotations.Nullable;

/** A record was not published, or not in time to count. The sender is asked to try again. */
public final class PublishException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why the record was not published. */
  public enum Reason {
    /** The producer's buffer is full, or metadata is not there: nothing was sent. */
    OVERLOADED,
    /** Kafka did not acknowledge the record in time. It may be in the log. */
    TIMEOUT,
    /** The record reached the broker so late that no reader counts it. */
    STALE,
    /** The producer cannot go on (fenced, not authorised, record too large). */
    FATAL
  }

  private final Reason reason;
  private final boolean tooLarge;

  public PublishException(Reason reason, String message) {
    this(reason, message, false);
  }

  PublishException(Reason reason, String message, boolean tooLarge) {
    super(message, null, false, false);
    this.reason = reason;
    this.tooLarge = tooLarge;
  }

  /** The reason of a failed future, also of a future that depends on it. */
  public static Reason reasonOf(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Callbacks.cause(failure);
    return cause instanceof PublishException known ? known.reason() : Reason.FATAL;
  }

  /** Why the record was not published. */
  public Reason reason() {
    return reason;
  }

  /** Whether the record is too large, so that it would always be refused. */
  boolean tooLarge() {
    return tooLarge;
  }
}
