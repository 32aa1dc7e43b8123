package im.linnet.broker;

/**
 * The embedded broker could not be started. The message is one line for the person at the terminal,
 * with the fault and, if known, the remedy.
 */
public final class BrokerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerStartException(String message) {
    super(message);
  }

  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
