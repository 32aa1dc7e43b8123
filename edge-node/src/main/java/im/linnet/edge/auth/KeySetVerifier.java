package im.linnet.edge.auth;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges tokens by a key set. Tokens of known keys are checked by one pool of workers and never
 * wait for the key set's server; tokens of unknown keys wait for it on another one. Both pools are
 * bounded. A token that a full pool rejects cannot be judged now. Safe on any thread.
 */
public final class KeySetVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(KeySetVerifier.class);

  private final KeySet keys;
  private final ClaimsJudge claims;
  private final Executor signatures;
  private final Executor lookUps;

  /**
   * @param signatures checks signatures; rejects tasks when it is full
   * @param lookUps waits for the key set's server; rejects tasks when it is full
   */
  public KeySetVerifier(KeySet keys, ClaimsJudge claims, Executor signatures, Executor lookUps) {
    this.keys = keys;
    this.claims = claims;
    this.signatures = signatures;
    this.lookUps = lookUps;
  }

  /**
   * Judges a token.
   *
   * @return completes on a worker; fails with {@link CannotJudgeException}
   */
  CompletableFuture<Judgement> judge(SignedJWT jwt) {
    CompletableFuture<Judgement> judgement = new CompletableFuture<>();
    long came = System.nanoTime();
    run(signatures, judgement, () -> byKnownKeys(jwt, came, judgement));
    return judgement;
  }

  private interface Step {
    void run() throws KeySourceException, BadTokenException;
  }

  private static void run(Executor pool, CompletableFuture<Judgement> judgement, Step step) {
    try {
      pool.execute(() -> complete(judgement, step));
    } catch (RejectedExecutionException e) {
      judgement.completeExceptionally(
          new CannotJudgeException(AuthFailure.BUSY, "too many tokens wait to be checked", e));
    }
  }

  private static void complete(CompletableFuture<Judgement> judgement, Step step) {
    try {
      step.run();
    } catch (BadTokenException e) {
      judgement.complete(new Judgement.Rejected(e.kind(), e.reason()));
    } catch (KeySourceException e) {
      judgement.completeExceptionally(
          new CannotJudgeException(AuthFailure.KEYS_UNAVAILABLE, "keys cannot be had now", e));
    } catch (RuntimeException e) {
      // A stranger's token may be the cause, so the log gets no stack trace of it.
      LOG.warn("a token could not be checked: {}", e.toString());
      judgement.completeExceptionally(
          new CannotJudgeException(AuthFailure.ERROR, "the token cannot be checked now", e));
    }
  }

  private void byKnownKeys(SignedJWT jwt, long came, CompletableFuture<Judgement> judgement)
      throws KeySourceException, BadTokenException {
    Judgement known = judge(jwt, keys.known());
    if (known != null) {
      judgement.complete(known);
    } else {
      run(lookUps, judgement, () -> judgement.complete(byNewKeys(jwt, came)));
    }
  }

  private Judgement byNewKeys(SignedJWT jwt, long came)
      throws KeySourceException, BadTokenException {
    Judgement found = judge(jwt, keys.readAfter(came));
    if (found == null) {
      throw new BadTokenException(AuthFailure.UNKNOWN_KEY, "no key of the key set is the token's");
    }
    return found;
  }

  /** Null if a key that is not in the ring may have signed the token. */
  private @Nullable Judgement judge(SignedJWT jwt, KeyRing ring) throws BadTokenException {
    String id = jwt.getHeader().getKeyID();
    List<JWSVerifier> candidates = ring.candidates(id, jwt.getHeader().getAlgorithm());
    for (JWSVerifier key : candidates) {
      if (Signatures.match(jwt, key)) {
        return claims.judge(jwt.getPayload().toBytes());
      }
    }
    if (id != null && !candidates.isEmpty()) {
      throw new BadTokenException(AuthFailure.BAD_SIGNATURE, Signatures.MISMATCH);
    }
    return null;
  }
}
