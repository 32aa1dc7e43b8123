package im.linnet.edge.auth;

import java.util.List;

/**
 * The issuers and audiences of accepted tokens. A token issued here names the first issuer and the
 * first audience, so the issuing edge also accepts it.
 *
 * @param issuers {@code iss} must be one of them; empty: any {@code iss}, or a token without one
 * @param audiences {@code aud} must hold one of them; empty: any {@code aud}, or a token without
 *     one
 */
public record ExpectedClaims(List<String> issuers, List<String> audiences) {
  /** Accepts any {@code iss} and {@code aud}. */
  public static final ExpectedClaims ANY = new ExpectedClaims(List.of(), List.of());

  /**
   * Takes copies of the lists.
   *
   * @throws IllegalArgumentException if a name is blank
   */
  public ExpectedClaims {
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
    if (issuers.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("auth.expected.issuers: a name is empty");
    }
    if (audiences.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("auth.expected.audiences: a name is empty");
    }
  }

  /** Tokens for that audience, of any issuer. */
  public static ExpectedClaims audience(String audience) {
    return new ExpectedClaims(List.of(), List.of(audience));
  }
}
