package im.linnet.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Signs tokens with a shared key (HS256). */
public final class Tokens {
  private Tokens() {}

  /** A token for that user, good until {@code now + life}. */
  public static String sign(SigningSecret secret, String user, Instant now, Duration life) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .subject(user)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .build());
    try {
      token.sign(new MACSigner(secret.bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of 32 bytes signs HS256", e);
    }
    return token.serialize();
  }
}
