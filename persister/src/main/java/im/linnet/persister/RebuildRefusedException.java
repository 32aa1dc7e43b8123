package im.linnet.persister;

/** The view cannot be rebuilt as things are; the message is one line that says why. */
public final class RebuildRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RebuildRefusedException(String message) {
    super(message);
  }

  RebuildRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
