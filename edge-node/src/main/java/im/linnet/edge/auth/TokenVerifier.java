package im.linnet.edge.auth;

import java.util.concurrent.CompletableFuture;

/** Judges tokens. Safe on any thread, never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /**
   * Judges a token.
   *
   * @return completed already where that costs next to nothing; fails with {@link
   *     CannotJudgeException} where the token may be good and nobody can tell just now
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
     * @param kind why, for the operator's metrics
     * @param reason why, for the client's author; one of a fixed number of texts
     */
    record Rejected(AuthFailure kind, String reason) implements Judgement {}
  }
}
