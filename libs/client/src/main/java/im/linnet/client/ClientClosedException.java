package im.linnet.client;

/**
 * The client is closed, or the server has ended the session for good. Requests are no longer sent.
 */
public final class ClientClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the reason, in words for a person
   */
  public ClientClosedException(String message) {
    super(message, null, false, false);
  }
}
