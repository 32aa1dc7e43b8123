package im.linnet.schemas.frame;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it stands; answered by a reply, the session goes on. */
public final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ReplyCode code;
  private final @Nullable String requestId;
  private final @Nullable String field;

  /**
   * @param code the reply's code, 4000 or 4013
   * @param requestId the request's id, null where it had none that is valid
   * @param field the offending field, null where it is the frame as a whole
   * @param message what is wrong, for the client's author
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

  /** The id of the request, null where it had none. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** The field that is missing or ill-typed, null where it is the frame as a whole. */
  public @Nullable String field() {
    return field;
  }
}
