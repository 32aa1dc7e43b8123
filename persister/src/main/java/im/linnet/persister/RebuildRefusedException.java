package im.linnet.persister;

/** The view cannot be rebuilt in the present state. The message is one line with the reason. */
public final class RebuildRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RebuildRefusedException(String message) {
    super(message);
  }

  RebuildRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
