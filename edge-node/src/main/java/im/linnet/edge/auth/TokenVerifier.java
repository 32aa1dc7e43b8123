package im.linnet.edge.auth;

import java.util.concurrent.CompletableFuture;

/** Judges tokens. Safe on any thread, never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /**
   * Judges a token.
   *
   * @return completed already where the key is at hand; fails where the token names a key that is
   *     not at hand and cannot be had just now
   */
  CompletableFuture<Judgement> judge(String token);

  /** What a token turns out to be. */
  sealed interface Judgement {
    /**
     * It is good.
     *
     * @param user its {@code sub}
     * @param expiresAtMillis its {@code exp} with the leeway
     */
    record Accepted(String user, long expiresAtMillis) implements Judgement {}

    /**
     * It is not.
     *
     * @param reason why, for the client's author
     */
    record Rejected(String reason) implements Judgement {}
  }
}
