package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Judges JSON Web Tokens: HS256 by the shared secret, at once; RS256 and ES256 by the key set, on
 * its workers. The key determines the algorithm: a token cannot choose another one, and {@code
 * none} is never accepted.
 */
public final class JwtVerifier implements TokenVerifier {
  private final @Nullable JWSVerifier shared;
  private final @Nullable KeySetVerifier keys;
  private final ClaimsJudge claims;

  /**
   * @param secret null to refuse HS256 tokens
   * @param keys null to refuse RS256 and ES256 tokens
   */
  public JwtVerifier(
      @Nullable SigningSecret secret, @Nullable KeySetVerifier keys, ClaimsJudge claims) {
    this.shared = secret == null ? null : verifier(secret);
    this.keys = keys;
    this.claims = claims;
  }

  private static JWSVerifier verifier(SigningSecret secret) {
    try {
      return new MACVerifier(secret.bytes());
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of enough bytes cannot verify", e);
    }
  }

  @Override
  public CompletableFuture<Judgement> judge(String token) {
    try {
      SignedJWT jwt = CompactToken.parse(token);
      JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
      if (JWSAlgorithm.HS256.equals(algorithm) && shared != null) {
        return CompletableFuture.completedFuture(bySecret(jwt, shared));
      }
      boolean byKeys = JWSAlgorithm.RS256.equals(algorithm) || JWSAlgorithm.ES256.equals(algorithm);
      if (byKeys && keys != null) {
        return keys.judge(jwt);
      }
      throw new BadTokenException(
          AuthFailure.UNSUPPORTED, "the token's algorithm is not accepted here");
    } catch (BadTokenException e) {
      return CompletableFuture.completedFuture(new Judgement.Rejected(e.kind(), e.reason()));
    }
  }

  private Judgement bySecret(SignedJWT jwt, JWSVerifier verifier) throws BadTokenException {
    if (!Signatures.match(jwt, verifier)) {
      throw new BadTokenException(AuthFailure.BAD_SIGNATURE, Signatures.MISMATCH);
    }
    return claims.judge(jwt.getPayload().toBytes());
  }
}
