package im.linnet.cli.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.settings.SettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The issuers and audiences of good tokens. */
public final class ClaimOptions {
  @Option(
      names = "--jwt-issuer",
      paramLabel = "NAME",
      split = ",",
      description = {
        "The issuer (iss) that tokens must name: several with commas between them, or the option"
            + " several times (default: any). 'token' puts the first one into its token."
      })
  @Nullable List<String> issuers;

  @Option(
      names = "--jwt-audience",
      paramLabel = "NAME",
      split = ",",
      description = {
        "The audience (aud) that tokens must name, one of these: several as above (default: any)."
            + " 'token' puts the first one into its token."
      })
  @Nullable List<String> audiences;

  /** Whether any of them is given. */
  public boolean given() {
    return issuers != null || audiences != null;
  }

  /**
   * The claims that a token must have.
   *
   * @throws SettingException if a name is empty
   */
  public ExpectedClaims expected() {
    return new ExpectedClaims(names(issuers, "--jwt-issuer"), names(audiences, "--jwt-audience"));
  }

  private static List<String> names(@Nullable List<String> given, String key) {
    if (given == null) {
      return List.of();
    }
    List<String> names = given.stream().map(String::strip).toList();
    if (names.isEmpty() || names.contains("")) {
      throw new SettingException("a name is empty", key, "give a name, or leave the option out");
    }
    return names;
  }
}
