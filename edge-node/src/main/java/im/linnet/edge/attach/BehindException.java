package im.linnet.edge.attach;

/** A session cannot get its missed records within the bounds now. No record is lost. */
final class BehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BehindException(String message) {
    super(message, null, false, false);
  }
}
