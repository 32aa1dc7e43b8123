package im.linnet.log;

/**
 * Kafka refuses this process: the user or the password is wrong, or the user lacks a right. A
 * repeat helps only after an operator has changed that. The message is one line about the refusal.
 */
public final class LogDeniedException extends LogUnavailableException {
  private static final long serialVersionUID = 1L;

  public LogDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
