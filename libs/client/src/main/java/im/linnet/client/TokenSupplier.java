package im.linnet.client;

/** Gives the token for each new connection; may block, and may fetch a fresh one each time. */
@FunctionalInterface
public interface TokenSupplier {
  /**
   * The token (JWT) to present.
   *
   * @throws Exception if there is none now; counts as a failed connection, so it is asked again
   */
  String token() throws Exception;
}
