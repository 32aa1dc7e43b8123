package im.linnet.edge.auth;

import java.util.Locale;

/**
 * The reasons for a failed authentication. They are counted apart for an operator, because each has
 * another remedy.
 */
public enum AuthFailure {
  /** The token's {@code exp} is over. */
  EXPIRED,
  /** The token's {@code nbf} is yet to come. */
  NOT_YET_VALID,
  /** The key that the token names, or the shared secret, did not sign it. */
  BAD_SIGNATURE,
  /** The key set does not hold the token's key. */
  UNKNOWN_KEY,
  /** The token's algorithm, {@code typ}, or another part of its header is not accepted here. */
  UNSUPPORTED,
  /** The token is not a signed JWT, or its claims cannot be read. */
  MALFORMED,
  /** The token lacks a required claim. */
  MISSING_CLAIM,
  /** The token has another {@code iss}. */
  WRONG_ISSUER,
  /** The token has another {@code aud}. */
  WRONG_AUDIENCE,
  /** The token's {@code sub} is not a user name. */
  BAD_SUBJECT,
  /** The token may be good: the key set could not be read, or was read too recently. */
  KEYS_UNAVAILABLE,
  /** The token may be good: too many tokens wait to be checked. */
  BUSY,
  /** The token may be good: an error of the edge kept it from being checked. */
  ERROR,
  /** The client gave no good token in time. */
  TIMEOUT,
  /** The client sent another request before {@code auth}. */
  MISSING;

  /** The value of the metric's label. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
