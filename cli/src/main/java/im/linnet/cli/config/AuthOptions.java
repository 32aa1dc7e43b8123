package im.linnet.cli.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.KeySet;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.AuthSettings;
import im.linnet.settings.SettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The keys and claims of good tokens. */
public final class AuthOptions {
  @Option(
      names = "--token-secret-file",
      paramLabel = "FILE",
      description = "File with the key (32 bytes or more) of HS256 tokens.")
  @Nullable Path tokenSecretFile;

  @Option(
      names = "--jwks",
      paramLabel = "FILE|URL",
      description = "JSON Web Key Set of RS256 and ES256 tokens; needs --jwt-audience.")
  @Nullable String jwks;

  @Mixin final ClaimOptions claims = new ClaimOptions();

  /** The key that the operator has given; null if there is none. */
  public @Nullable SigningSecret secret() {
    return tokenSecretFile == null
        ? null
        : TokenSecret.read(tokenSecretFile, "--token-secret-file");
  }

  /** The file of that key; null if none was given. */
  public @Nullable Path secretFile() {
    return tokenSecretFile;
  }

  /**
   * The claims that a token must have.
   *
   * @throws SettingException if a name is empty
   */
  public ExpectedClaims expected() {
    return claims.expected();
  }

  /**
   * The keys and claims of a process for which the operator must name a key.
   *
   * @throws SettingException if no token could be good, or an option cannot be used
   */
  public AuthSettings auth() {
    return auth(secret());
  }

  /**
   * The settings with that key, and with the key set if one is given. Opens no socket and writes
   * nothing.
   *
   * @throws SettingException if no token could be good, or an option cannot be used
   */
  public AuthSettings auth(@Nullable SigningSecret secret) {
    AuthSettings auth = AuthSettings.of(secret, jwks, expected());
    if (jwks != null) {
      requireUsable(jwks);
    }
    return auth;
  }

  private static void requireUsable(String jwks) {
    try {
      KeySet.requireUsable(jwks);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "the key set '" + SettingsPrinter.redact(jwks) + "' cannot be used: " + e.getMessage(),
          "--jwks",
          "give a JSON Web Key Set as a file or an http(s) URL");
    }
  }
}
