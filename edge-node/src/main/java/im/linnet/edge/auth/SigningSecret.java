package im.linnet.edge.auth;

/** The shared key of HS256 tokens. Never printed. */
public final class SigningSecret {
  /** RFC 7518, section 3.2: a key at least as long as the hash. */
  public static final int LEAST_BYTES = 32;

  private final byte[] bytes;

  /**
   * Takes a copy of the key.
   *
   * @throws IllegalArgumentException if it is shorter than {@link #LEAST_BYTES}
   */
  public SigningSecret(byte[] bytes) {
    if (bytes.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "auth.secret: has " + bytes.length + " bytes; give at least " + LEAST_BYTES);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of the key. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "(" + bytes.length + " bytes)";
  }
}
