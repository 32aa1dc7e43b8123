package im.linnet.edge.auth;

import java.util.concurrent.CompletableFuture;

/** Judges tokens. Safe on any thread, never blocks. */
@FunctionalInterface
public interface TokenVerifier {
  /**
   * Judges a token.
   *
   * @return completed already if the check is cheap; fails with {@link CannotJudgeException} if the
   *     token may be good but cannot be judged at present
   */
  CompletableFuture<Judgement> judge(String token);

  /** The judgement of a token. */
  sealed interface Judgement {
    /**
     * The token is good.
     *
     * @param user its {@code sub}
     * @param expiresAtMillis its {@code exp} with the leeway
     */
    record Accepted(String user, long expiresAtMillis) implements Judgement {}

    /**
     * The token is not good.
     *
     * @param kind the reason, for the operator's metrics
     * @param reason the reason, for the client's author; one of a fixed number of texts
     */
    record Rejected(AuthFailure kind, String reason) implements Judgement {}
  }
}
