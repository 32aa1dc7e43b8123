package im.linnet.edge.auth;

/** A token is not good; the message says why, in words for the client's author. */
final class BadTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  BadTokenException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
