package im.linnet.edge.auth;

/**
 * A token cannot be judged at present, and may be good: the client comes again. The message gives
 * the reason, in words for the client's author.
 */
public final class CannotJudgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AuthFailure kind;

  CannotJudgeException(AuthFailure kind, String reason, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
  }

  /** The reason that kept the token from being judged. */
  public AuthFailure kind() {
    return kind;
  }
}
