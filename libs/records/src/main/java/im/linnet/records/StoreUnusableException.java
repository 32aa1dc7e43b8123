package im.linnet.records;

/**
 * The store cannot be used as it is: of another log, of the wrong kind, full. A repeat does not
 * help; the message is one line that tells an operator what to do.
 */
public class StoreUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnusableException(String message) {
    super(message);
  }

  public StoreUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
