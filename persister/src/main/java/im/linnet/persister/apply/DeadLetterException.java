package im.linnet.persister.apply;

/** A malformed record could not be kept; the same batch again may succeed. */
public final class DeadLetterException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeadLetterException(String message, Throwable cause) {
    super(message, cause);
  }
}
