package im.linnet.schemas.frame;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it stands. A reply answers it, and the session goes on. */
public final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ReplyCode code;
  private final @Nullable String requestId;
  private final @Nullable String field;

  /**
   * @param code the reply's code, 4000 or 4013
   * @param requestId the request's id, null if it had no valid one
   * @param field the offending field, null if the frame as a whole is wrong
   * @param message the problem, in words for the client's author
   */
  public BadRequestException(
      ReplyCode code, @Nullable String requestId, @Nullable String field, String message) {
    super(message, null, false, false);
    this.code = code;
    this.requestId = requestId;
    this.field = field;
  }

  /** The reply's code. */
  public ReplyCode code() {
    return code;
  }

  /** The id of the request, null if it had no valid one. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** The field that is missing or ill-typed, null if the frame as a whole is wrong. */
  public @Nullable String field() {
    return field;
  }
}
