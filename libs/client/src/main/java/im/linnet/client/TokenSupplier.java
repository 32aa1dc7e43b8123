package im.linnet.client;

/**
 * Gives the token for each new connection, also for the one that follows the old token's expiry. A
 * token that the server then refuses ends the session.
 */
@FunctionalInterface
public interface TokenSupplier {
  /**
   * The token (JWT) to present. May block for twice the time-out for connecting. Then the thread is
   * interrupted, and the supplier is asked again.
   *
   * @throws Exception if there is no token now; it counts as a failed connection, so the supplier
   *     is asked again
   */
  String token() throws Exception;
}
