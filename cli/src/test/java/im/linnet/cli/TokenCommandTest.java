package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.cli.config.DataClaims;
import im.linnet.cli.config.DataFolder;
import im.linnet.edge.auth.ExpectedClaims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  /** Nobody listens there. */
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path data;

  @BeforeEach
  void key() throws Exception {
    Path key = Files.writeString(data.resolve("token-secret"), "k".repeat(48));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theKeyOfTheDataDirectorySigns() {
    CommandRun run = CommandRun.of("token", "aa", "--data", data.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().trim().split("[.]")).hasSize(3);
  }

  private static JWTClaimsSet claims(CommandRun run) throws Exception {
    assertThat(run.exit()).as(run.err()).isZero();
    return SignedJWT.parse(run.out().trim()).getJWTClaimsSet();
  }

  @Test
  void theTokenNamesTheIssuerAndTheAudienceThatAreGiven() throws Exception {
    Map<String, String> environment = Map.of("LINNET_JWT_AUDIENCE", "chat,other");
    JWTClaimsSet claims =
        claims(
            CommandRun.with(
                environment, "token", "aa", "--data", data.toString(), "--jwt-issuer", "app"));
    assertThat(claims.getIssuer()).isEqualTo("app");
    assertThat(claims.getAudience()).containsExactly("chat");
  }

  @Test
  void theTokenOfADataDirectoryNamesWhatItsServerAsksFor() throws Exception {
    DataFolder folder = new DataFolder(data);
    DataClaims.write(folder, new ExpectedClaims(List.of("app"), List.of("chat", "other")));
    JWTClaimsSet claims = claims(CommandRun.of("token", "aa", "--data", data.toString()));
    assertThat(claims.getIssuer()).isEqualTo("app");
    assertThat(claims.getAudience()).containsExactly("chat");

    DataClaims.write(folder, ExpectedClaims.ANY);
    JWTClaimsSet bare = claims(CommandRun.of("token", "aa", "--data", data.toString()));
    assertThat(bare.getIssuer()).isNull();
    assertThat(bare.getAudience()).isEmpty();
    assertThat(data).isDirectoryNotContaining("glob:**token-claims*");
  }

  @Test
  void aServerThatIsNamedIsAskedThoughThereIsAKey() {
    CommandRun run =
        CommandRun.of("token", "aa", "--data", data.toString(), "--token-server", NOBODY);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(NOBODY);
  }
}
