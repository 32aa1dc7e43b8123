package im.linnet.broker;

import org.jspecify.annotations.Nullable;

/**
 * The embedded broker cannot start or go on. The reason lies in the machine, not in a setting: a
 * full disk, for example. The message is one line for the person at the terminal, with the fault,
 * the directory and the remedy.
 */
public final class BrokerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
