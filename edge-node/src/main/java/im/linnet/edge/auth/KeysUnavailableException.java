package im.linnet.edge.auth;

/** The key set could not be had at the start. One line says which one and why. */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String place, String reason) {
    super("the key set " + place + " cannot be used: " + reason);
  }
}
