package im.linnet.log.group;

/** A reader is to go on where the log has nothing: what is missing cannot be read any more. */
public final class BrokenPositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPositionException(String message) {
    super(message);
  }
}
