package im.linnet.log.group;

/**
 * A reader should go on at a position at which the log has no record. The missing records cannot be
 * read any more.
 */
public final class BrokenPositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPositionException(String message) {
    super(message);
  }
}
