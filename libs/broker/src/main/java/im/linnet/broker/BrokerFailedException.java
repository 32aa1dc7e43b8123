package im.linnet.broker;

import org.jspecify.annotations.Nullable;

/**
 * The embedded broker cannot go on, or could not begin, for a reason that lies in the machine and
 * not in a setting: a full disk, for example. The message is one line for the person at the
 * terminal: what failed, where, and what to do.
 */
public final class BrokerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
