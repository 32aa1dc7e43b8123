package im.linnet.testkit;

/** One way to get a MongoDB does not work here; the message is the reason, in a few words. */
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
