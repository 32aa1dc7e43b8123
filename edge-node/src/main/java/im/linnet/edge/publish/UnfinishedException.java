package im.linnet.edge.publish;

/** The message is or may be in the log, but its further steps are not all done. */
final class UnfinishedException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfinishedException(String message) {
    super(message, null, false, false);
  }
}
