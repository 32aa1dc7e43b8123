package im.linnet.edge.auth;

/**
 * The key set could not be read at the start. The message is one line with its place and the
 * reason.
 */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String place, String reason) {
    super("the key set " + place + " cannot be used: " + reason);
  }
}
