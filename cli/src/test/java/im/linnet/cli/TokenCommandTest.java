package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  @Test
  void aServerThatIsNamedIsAskedThoughThereIsAKey() {
    CommandRun run =
        CommandRun.of("token", "aa", "--data", data.toString(), "--token-server", NOBODY);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(NOBODY);
  }
}
