package im.linnet.edge.auth;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import im.linnet.schemas.Names;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only reader of a token's claims, called after its signature was found good. It takes a claim
 * as it stands or not at all: it never reads a number as a text, and never rounds a number. A
 * member that comes twice makes the whole token unreadable. Unused claims may hold any value. Safe
 * on any thread.
 */
public final class ClaimsJudge {
  /** Some 30,000 years from 1970, either way; a time beyond it counts as this one. */
  private static final double FARTHEST_SECONDS = 1e12;

  private final ExpectedClaims expected;
  private final long leewayMillis;
  private final Clock clock;

  /**
   * @param leeway the accepted difference between clocks
   */
  public ClaimsJudge(ExpectedClaims expected, Duration leeway, Clock clock) {
    this.expected = expected;
    this.leewayMillis = leeway.toMillis();
    this.clock = clock;
  }

  /**
   * Judges the claims.
   *
   * @param payload the token's second part, decoded
   * @throws BadTokenException if the claims are not acceptable
   */
  Judgement.Accepted judge(byte[] payload) throws BadTokenException {
    JsonNode claims = StrictJson.object(payload, "the claims");
    long end = end(claims);
    requireBegun(claims);
    String user = user(claims);
    requireIssuer(claims);
    requireAudience(claims);
    return new Judgement.Accepted(user, end);
  }

  private long end(JsonNode claims) throws BadTokenException {
    JsonNode exp = claims.get("exp");
    if (exp == null) {
      throw new BadTokenException(AuthFailure.MISSING_CLAIM, "exp is missing");
    }
    long end = millis(exp, "exp") + leewayMillis;
    if (clock.millis() >= end) {
      throw new BadTokenException(AuthFailure.EXPIRED, "the token has expired");
    }
    return end;
  }

  private void requireBegun(JsonNode claims) throws BadTokenException {
    JsonNode nbf = claims.get("nbf");
    if (nbf != null && clock.millis() < millis(nbf, "nbf") - leewayMillis) {
      throw new BadTokenException(AuthFailure.NOT_YET_VALID, "the token is not valid yet");
    }
  }

  /**
   * A time in ms, far from the bounds of a long on both sides, so that later sums do not overflow.
   */
  private static long millis(JsonNode seconds, String claim) throws BadTokenException {
    if (!seconds.isNumber()) {
      throw new BadTokenException(AuthFailure.MALFORMED, claim + " is not a number");
    }
    return Math.round(
        Math.clamp(seconds.doubleValue(), -FARTHEST_SECONDS, FARTHEST_SECONDS) * 1_000);
  }

  private static String user(JsonNode claims) throws BadTokenException {
    JsonNode sub = claims.get("sub");
    String user = text(sub);
    if (user == null || !Names.isUser(user)) {
      throw new BadTokenException(
          otherwise(sub, AuthFailure.BAD_SUBJECT), "sub is not a user name");
    }
    return user;
  }

  private void requireIssuer(JsonNode claims) throws BadTokenException {
    if (expected.issuers().isEmpty()) {
      return;
    }
    JsonNode iss = claims.get("iss");
    String issuer = text(iss);
    if (issuer == null || !expected.issuers().contains(issuer)) {
      throw new BadTokenException(
          otherwise(iss, AuthFailure.WRONG_ISSUER), "iss is not an issuer whose tokens count here");
    }
  }

  private void requireAudience(JsonNode claims) throws BadTokenException {
    JsonNode aud = claims.get("aud");
    if (!expected.audiences().isEmpty() && !holds(aud, expected.audiences())) {
      throw new BadTokenException(
          otherwise(aud, AuthFailure.WRONG_AUDIENCE),
          "aud does not say that the token is meant for this service");
    }
  }

  private static AuthFailure otherwise(@Nullable JsonNode claim, AuthFailure wrong) {
    return claim == null ? AuthFailure.MISSING_CLAIM : wrong;
  }

  /**
   * Whether {@code aud} holds one of the audiences. It must be a text, or an array of texts only.
   */
  private static boolean holds(@Nullable JsonNode aud, List<String> audiences) {
    if (aud == null || !aud.isArray()) {
      String only = text(aud);
      return only != null && audiences.contains(only);
    }
    boolean found = false;
    for (JsonNode each : aud) {
      String one = text(each);
      if (one == null) {
        return false;
      }
      found |= audiences.contains(one);
    }
    return found;
  }

  private static @Nullable String text(@Nullable JsonNode claim) {
    return claim != null && claim.isTextual() ? claim.textValue() : null;
  }
}
