package im.linnet.log;

/** Kafka did not answer in time, or refused; the same call may succeed later. */
public class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
