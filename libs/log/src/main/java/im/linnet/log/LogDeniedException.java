package im.linnet.log;

/**
 * Kafka refuses this process: it does not take the user or the password, or the user lacks a right.
 * A repeat does not help until an operator has changed that; the message is one line that says what
 * was refused.
 */
public final class LogDeniedException extends LogUnavailableException {
  private static final long serialVersionUID = 1L;

  public LogDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
