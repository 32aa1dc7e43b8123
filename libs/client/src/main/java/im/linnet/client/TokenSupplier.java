package im.linnet.client;

/**
 * Gives the token for each new connection, also for the one that follows the old token's expiry. A
 * token that the server then refuses ends the session.
 */
@FunctionalInterface
public interface TokenSupplier {
  /**
   * The token (JWT) to present. May block, as long as twice the time-out for connecting: then the
   * thread is interrupted, and asked again.
   *
   * @throws Exception if there is none now; counts as a failed connection, so it is asked again
   */
  String token() throws Exception;
}
