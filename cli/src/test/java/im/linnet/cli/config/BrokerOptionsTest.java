package im.linnet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BrokerOptionsTest {
  @Test
  void appendsAreSyncedWhereThatIsAskedFor() {
    assertThat(isSynced("--kafka-port", "0")).isFalse();
    assertThat(isSynced("--kafka-port", "0", "--fsync")).isTrue();
  }

  private static boolean isSynced(String... arguments) {
    BrokerOptions options = CommandLine.populateCommand(new BrokerOptions(), arguments);
    return options.config(new DataFolder(Path.of("data")), new PortChecks()).fsync();
  }
}
