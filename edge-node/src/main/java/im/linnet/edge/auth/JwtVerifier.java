package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.SigningSecret;
import im.linnet.schemas.Names;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Judges JSON Web Tokens: HS256 by the shared secret, RS256 and ES256 by the key set. The algorithm
 * is the key's: a token cannot have its signature checked by another one, and {@code none} is none
 * of them.
 */
public final class JwtVerifier implements TokenVerifier {
  private static final int MOST_CHARACTERS = 16 << 10;

  private final @Nullable SigningSecret secret;
  private final @Nullable KeySet keys;
  private final long leewayMillis;
  private final Clock clock;

  /**
   * Makes one.
   *
   * @param secret null where no HS256 token is taken
   * @param keys null where no RS256 and ES256 token is taken
   * @param leeway how far clocks may differ
   */
  public JwtVerifier(
      @Nullable SigningSecret secret, @Nullable KeySet keys, Duration leeway, Clock clock) {
    this.secret = secret;
    this.keys = keys;
    this.leewayMillis = leeway.toMillis();
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Judgement> judge(String token) {
    SignedJWT jwt;
    try {
      if (token.length() > MOST_CHARACTERS) {
        return rejected("the token is too long");
      }
      jwt = SignedJWT.parse(token);
    } catch (ParseException | RuntimeException e) {
      return rejected("the token is not a signed JWT");
    }
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    if (JWSAlgorithm.HS256.equals(algorithm) && secret != null) {
      return CompletableFuture.completedFuture(bySecret(jwt, secret));
    }
    boolean byKeys = JWSAlgorithm.RS256.equals(algorithm) || JWSAlgorithm.ES256.equals(algorithm);
    return byKeys && keys != null
        ? byKeys(jwt, keys)
        : rejected("the token's algorithm is not accepted here");
  }

  private Judgement bySecret(SignedJWT jwt, SigningSecret key) {
    try {
      return byVerifiers(jwt, List.of(new MACVerifier(key.bytes())));
    } catch (JOSEException e) {
      return new Judgement.Rejected("the signature cannot be checked");
    }
  }

  private CompletableFuture<Judgement> byKeys(SignedJWT jwt, KeySet from) {
    List<JWSVerifier> candidates = candidates(jwt, from);
    return candidates.isEmpty()
        ? from.lookAgain().handle((looked, failure) -> byNewKeys(jwt, from, failure))
        : CompletableFuture.completedFuture(byVerifiers(jwt, candidates));
  }

  /** A key that is still not there is nobody's, unless it could not be looked for. */
  private Judgement byNewKeys(SignedJWT jwt, KeySet from, @Nullable Throwable failure) {
    List<JWSVerifier> candidates = candidates(jwt, from);
    if (candidates.isEmpty() && failure != null) {
      throw new CompletionException(failure);
    }
    return byVerifiers(jwt, candidates);
  }

  private static List<JWSVerifier> candidates(SignedJWT jwt, KeySet from) {
    KeyRing ring = from.ring();
    return ring == null
        ? List.of()
        : ring.candidates(jwt.getHeader().getKeyID(), jwt.getHeader().getAlgorithm());
  }

  private Judgement byVerifiers(SignedJWT jwt, List<JWSVerifier> verifiers) {
    for (JWSVerifier verifier : verifiers) {
      try {
        if (jwt.verify(verifier)) {
          return byClaims(jwt.getJWTClaimsSet());
        }
      } catch (JOSEException | RuntimeException e) {
        return new Judgement.Rejected("the signature cannot be checked");
      } catch (ParseException e) {
        return new Judgement.Rejected("the claims cannot be read");
      }
    }
    return new Judgement.Rejected("the signature does not match");
  }

  private Judgement byClaims(JWTClaimsSet claims) {
    long now = clock.millis();
    Long expires = millis(claims.getExpirationTime());
    Long begins = millis(claims.getNotBeforeTime());
    String user = claims.getSubject();
    if (expires == null) {
      return new Judgement.Rejected("exp is missing");
    }
    long end = expires + leewayMillis;
    if (now >= end) {
      return new Judgement.Rejected("the token has expired");
    }
    if (begins != null && now < begins - leewayMillis) {
      return new Judgement.Rejected("the token is not valid yet");
    }
    if (user == null || !Names.isUser(user)) {
      return new Judgement.Rejected("sub is not a user name");
    }
    return new Judgement.Accepted(user, end);
  }

  @SuppressWarnings("JavaUtilDate") // the library's own type for claims
  private static @Nullable Long millis(@Nullable Date date) {
    return date == null ? null : date.getTime();
  }

  private static CompletableFuture<Judgement> rejected(String reason) {
    return CompletableFuture.completedFuture(new Judgement.Rejected(reason));
  }
}
