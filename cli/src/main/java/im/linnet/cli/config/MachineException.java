package im.linnet.cli.config;

/**
 * The machine does not let the process run, though its settings are right: a full disk, or too low
 * a limit. The message is one line that says what to change. The process ends with exit code 1,
 * since the same start may succeed later.
 */
public final class MachineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MachineException(String message) {
    super(message);
  }

  public MachineException(String message, Throwable cause) {
    super(message, cause);
  }
}
