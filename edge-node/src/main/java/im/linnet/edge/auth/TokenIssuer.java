package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** Signs HS256 tokens. Safe on any thread. */
public final class TokenIssuer {
  private final SigningSecret secret;
  private final ExpectedClaims expected;
  private final Duration life;
  private final Clock clock;

  /**
   * @param expected the claims that the judges of the tokens expect
   * @param life the time for which a token is good
   */
  public TokenIssuer(SigningSecret secret, ExpectedClaims expected, Duration life, Clock clock) {
    this.secret = secret;
    this.expected = expected;
    this.life = life;
    this.clock = clock;
  }

  /**
   * A token and its end.
   *
   * @param token the JWT
   * @param expiresAt the time when it ends, ms
   */
  public record Issued(String token, long expiresAt) {}

  /** A token for that user. */
  @SuppressWarnings("JavaUtilDate") // the library's own type for claims
  public Issued issue(String user) {
    // Whole seconds, as JWT counts.
    long now = clock.millis();
    long expiresAt = (now + life.toMillis()) / 1000 * 1000;
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .issueTime(new Date(now))
            .expirationTime(new Date(expiresAt));
    expected.issuers().stream().findFirst().ifPresent(claims::issuer);
    expected.audiences().stream().findFirst().ifPresent(claims::audience);
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      jwt.sign(new MACSigner(secret.bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of enough bytes cannot sign", e);
    }
    return new Issued(jwt.serialize(), expiresAt);
  }
}
