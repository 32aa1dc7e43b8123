package im.linnet.edge.auth;

import java.util.Locale;

/** Why a client was not let in, told apart for an operator: each is mended in another place. */
public enum AuthFailure {
  /** Its {@code exp} is over. */
  EXPIRED,
  /** Its {@code nbf} is yet to come. */
  NOT_YET_VALID,
  /** The key that it names, or the shared secret, did not sign it. */
  BAD_SIGNATURE,
  /** No key of the key set is the token's. */
  UNKNOWN_KEY,
  /** Its algorithm, {@code typ}, or something else in its header is not taken here. */
  UNSUPPORTED,
  /** It is no signed JWT, or its claims cannot be read. */
  MALFORMED,
  /** It lacks a claim that is asked for. */
  MISSING_CLAIM,
  /** Its {@code iss} is another one. */
  WRONG_ISSUER,
  /** Its {@code aud} is another one. */
  WRONG_AUDIENCE,
  /** Its {@code sub} is not a user name. */
  BAD_SUBJECT,
  /** It may be good: the key set could not be read, or not so soon again. */
  KEYS_UNAVAILABLE,
  /** It may be good: too many tokens wait to be checked. */
  BUSY,
  /** It may be good: a mistake of ours kept it from being checked. */
  ERROR,
  /** The client gave no good token in time. */
  TIMEOUT,
  /** The client asked for something before {@code auth}. */
  MISSING;

  /** The value of the label. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
