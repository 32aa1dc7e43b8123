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

  /**
   * The open-file limit is too low.
   *
   * @param limit the files and sockets that this process may have open
   * @param need the number that it needs
   */
  public static MachineException tooFewFiles(long limit, long need) {
    return new MachineException(
        "this process may have "
            + limit
            + " files and sockets open and needs "
            + need
            + " or more: raise the limit ('ulimit -n')");
  }
}
