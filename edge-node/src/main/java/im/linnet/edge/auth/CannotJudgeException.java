package im.linnet.edge.auth;

/**
 * A token cannot be judged just now, and may turn out to be good: the client comes again. The
 * message says why, for the client's author.
 */
public final class CannotJudgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AuthFailure kind;

  CannotJudgeException(AuthFailure kind, String reason, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
  }

  /** What kept it from being judged. */
  public AuthFailure kind() {
    return kind;
  }
}
