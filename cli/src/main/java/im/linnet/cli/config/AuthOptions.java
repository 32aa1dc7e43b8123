package im.linnet.cli.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.KeySet;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.EdgeConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may connect. */
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

  /** The key that an operator has given, null where none. */
  public @Nullable SigningSecret secret() {
    return tokenSecretFile == null
        ? null
        : TokenSecret.read(tokenSecretFile, "--token-secret-file");
  }

  /** The file of that key, null where none was given. */
  public @Nullable Path secretFile() {
    return tokenSecretFile;
  }

  /**
   * What is asked of a token.
   *
   * @throws ConfigException if a name is empty
   */
  public ExpectedClaims expected() {
    return claims.expected();
  }

  /**
   * Who may connect, where an operator must say it.
   *
   * @throws ConfigException if nobody could, or an option cannot be used
   */
  public EdgeConfig.Auth auth() {
    SigningSecret secret = secret();
    if (secret == null && jwks == null) {
      throw new ConfigException(
          "nothing says whose tokens are good",
          "--token-secret-file",
          "give a file with a key of 32 bytes or more, or --jwks with a key set");
    }
    requireUsable();
    return auth(secret);
  }

  /**
   * Refuses options that cannot be used. Opens no socket and writes nothing.
   *
   * @throws ConfigException if there is one
   */
  public void requireUsable() {
    ExpectedClaims expected = expected();
    if (jwks == null) {
      return;
    }
    try {
      KeySet.requireUsable(jwks);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "the key set '" + SettingsPrinter.redact(jwks) + "' cannot be used: " + e.getMessage(),
          "--jwks",
          "give a JSON Web Key Set as a file or an http(s) URL");
    }
    if (expected.audiences().isEmpty()) {
      throw new ConfigException(
          "tokens that the same keys sign for other applications would be good here, too",
          "--jwt-audience",
          "give the aud of tokens that are meant for this service");
    }
  }

  /** Who may connect, with that key beside a key set that may be given. */
  public EdgeConfig.Auth auth(@Nullable SigningSecret secret) {
    try {
      return EdgeConfig.Auth.of(secret, jwks, expected());
    } catch (IllegalArgumentException e) {
      throw ConfigException.of(e);
    }
  }
}
