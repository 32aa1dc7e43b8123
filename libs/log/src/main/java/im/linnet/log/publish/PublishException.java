package im.linnet.log.publish;

import im.linnet.log.Callbacks;
import org.jspecify.annotations.Nullable;

/** A record was not published, or not in time to count; the sender is told to try again. */
public final class PublishException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kept it. */
  public enum Reason {
    /** The producer's buffer is full, or metadata is not there: nothing was sent. */
    OVERLOADED,
    /** Kafka did not acknowledge in time; it may or may not be in the log. */
    TIMEOUT,
    /** It reached the broker so late that it counts for no reader. */
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

  /** What kept a record, also where the failure travelled through further stages. */
  public static Reason reasonOf(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Callbacks.cause(failure);
    return cause instanceof PublishException known ? known.reason() : Reason.FATAL;
  }

  /** What kept it. */
  public Reason reason() {
    return reason;
  }

  /** Whether the same record would always be refused, for its size. */
  boolean tooLarge() {
    return tooLarge;
  }
}
