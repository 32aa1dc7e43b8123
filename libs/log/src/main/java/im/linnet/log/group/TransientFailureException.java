package im.linnet.log.group;

/** A handler cannot go on now; the same call, made again later, may succeed. */
public final class TransientFailureException extends Exception {
  private static final long serialVersionUID = 1L;

  public TransientFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
