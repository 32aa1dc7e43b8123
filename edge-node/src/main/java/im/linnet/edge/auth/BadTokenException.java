package im.linnet.edge.auth;

/** A token is not good. The message gives the reason, in words for the client's author. */
final class BadTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final AuthFailure kind;

  BadTokenException(AuthFailure kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  AuthFailure kind() {
    return kind;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
