package im.linnet.cli;

import im.linnet.cli.config.ClaimOptions;
import im.linnet.cli.config.DataClaims;
import im.linnet.cli.config.DataFolder;
import im.linnet.cli.config.DataOptions;
import im.linnet.cli.config.TlsOptions;
import im.linnet.cli.config.TokenSecret;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.schemas.Names;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linnet token}. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Prints a token (JWT) for a user, and nothing else.",
      "Signs it with --token-secret-file. Without that it asks --token-server, if given. Else it"
          + " signs with the key of the data directory. If there is none, it asks the server that"
          + " runs on this machine."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  TOKEN=$(linnet token aa)",
      "  linnet token aa --token-secret-file /etc/linnet/secret --days 1"
    })
final class TokenCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 3_650;
  private static final String DEFAULT_SERVER = "127.0.0.1:8080";

  @Parameters(paramLabel = "USER", description = "The user: 1-64 characters of A-Z a-z 0-9 . _ @ -")
  String user = "";

  @Option(
      names = "--token-secret-file",
      paramLabel = "FILE",
      description = "File with the key that the servers check tokens with.")
  @Nullable Path secretFile;

  @Mixin final DataOptions data = new DataOptions();

  @Option(
      names = "--token-server",
      paramLabel = "HOST:PORT",
      description = {"HTTP address of the server to ask", "(default: ${DEFAULT-VALUE})."})
  String server = DEFAULT_SERVER;

  @Mixin final TlsOptions security = new TlsOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long a token that is signed here is good (default: ${DEFAULT-VALUE}).")
  int days = 30;

  @Mixin final ClaimOptions claims = new ClaimOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Names.isUser(user)) {
      throw new SettingException(
          "'" + user + "' is not a user name",
          "USER",
          "give 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw new SettingException(days + " days", "--days", "give 1 to " + MOST_DAYS);
    }
    SigningSecret secret = secret();
    String token =
        secret == null
            ? new TokenEndpoint(server, security.tls()).token(user)
            : new TokenIssuer(secret, expected(), Duration.ofDays(days), Clock.systemUTC())
                .issue(user)
                .token();
    spec.commandLine().getOut().println(token);
    return 0;
  }

  /** The claims to sign: the given ones, or those that the data directory's server asks for. */
  private ExpectedClaims expected() {
    boolean ofData = secretFile == null && !claims.given();
    return ofData ? DataClaims.read(data.folder()) : claims.expected();
  }

  private @Nullable SigningSecret secret() {
    if (secretFile != null) {
      return TokenSecret.read(secretFile, "--token-secret-file");
    }
    if (namesServer()) {
      return null;
    }
    DataFolder folder = data.folder();
    return Files.isReadable(folder.tokenSecret())
        ? TokenSecret.read(folder.tokenSecret(), "--data")
        : null;
  }

  /** Whether a server was named; the data directory in this folder may be that of another. */
  private boolean namesServer() {
    return !server.equals(DEFAULT_SERVER)
        || spec.commandLine().getParseResult().hasMatchedOption("--token-server");
  }
}
