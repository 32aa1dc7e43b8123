package im.linnet.edge.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.settings.Setting;
import im.linnet.settings.SettingException;
import im.linnet.settings.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The keys and claims of good tokens: at least one of a shared secret and a key set.
 *
 * @param secret the key of HS256 tokens, null if none are accepted
 * @param jwks a file or an http(s) URL with the JSON Web Key Set of RS256 and ES256 tokens, null if
 *     none are accepted
 * @param expected the issuers and audiences of good tokens; with a key set it names an audience,
 *     since such keys sign for other applications too
 * @param issueTokens whether {@code POST /v1/token} gives tokens to this machine's own users
 */
public record AuthSettings(
    @Nullable SigningSecret secret,
    @Nullable String jwks,
    @Setting(
            flag = "--jwks-refresh",
            value = "10m",
            least = "1s",
            most = "1d",
            doc = "How often the key set is read again.")
        Duration jwksRefresh,
    ExpectedClaims expected,
    @Setting(
            flag = "--jwt-leeway",
            value = "0s",
            least = "0s",
            most = "30s",
            doc = "How far clocks may differ when the exp and nbf of a token are judged.")
        Duration leeway,
    boolean issueTokens,
    @Setting(
            flag = "--token-life",
            value = "30d",
            least = "1s",
            most = "366d",
            doc = "How long a token of POST /v1/token is good.")
        Duration tokenLife) {
  private static final String SECRET = "--token-secret-file";

  public AuthSettings {
    Settings.check(
        AuthSettings.class, secret, jwks, jwksRefresh, expected, leeway, issueTokens, tokenLife);
    SettingException.require(
        secret != null || jwks != null,
        "nothing says whose tokens are good",
        SECRET,
        "give a file with a key of 32 bytes or more, or --jwks with a key set");
    SettingException.require(
        jwks == null || !expected.audiences().isEmpty(),
        "tokens that the same keys sign for other applications would be good here, too",
        "--jwt-audience",
        "give the aud of tokens that are meant for this service");
    SettingException.require(
        !issueTokens || secret != null,
        "tokens cannot be given without a key to sign them",
        SECRET,
        "give a file with a key, or --no-tokens");
  }

  /** Accepts HS256 tokens of that secret, of any issuer and audience. Issues none. */
  public static AuthSettings ofSecret(SigningSecret secret) {
    return of(secret, null, ExpectedClaims.ANY);
  }

  /**
   * Accepts tokens of a secret, a key set, or both. Issues none.
   *
   * @param expected must name an audience if there is a key set
   */
  public static AuthSettings of(
      @Nullable SigningSecret secret, @Nullable String jwks, ExpectedClaims expected) {
    return Settings.defaults(AuthSettings.class, secret, jwks, expected, false);
  }

  /** These settings with another key of HS256 tokens. */
  public AuthSettings withSecret(SigningSecret other) {
    return new AuthSettings(other, jwks, jwksRefresh, expected, leeway, issueTokens, tokenLife);
  }

  /** These settings, with tokens for the programs on this machine. */
  public AuthSettings issuingTokens() {
    return new AuthSettings(secret, jwks, jwksRefresh, expected, leeway, true, tokenLife);
  }
}
