package im.linnet.schemas.frame;

/** A line that is not a JSON object: the session is closed with 3502. */
public final class ProtocolErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolErrorException(String message) {
    super(message, null, false, false);
  }
}
