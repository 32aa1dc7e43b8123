package im.linnet.edge.attach;

/** What a session has missed cannot be brought to it in bounds now; nothing is lost. */
final class BehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BehindException(String message) {
    super(message, null, false, false);
  }
}
