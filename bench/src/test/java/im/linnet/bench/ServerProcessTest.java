package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.cli.Main;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
  @Test
  void theProgramThatIsNamedIsTheCommand() {
    assertThat(ServerGroup.PROGRAM).isEqualTo(Main.class.getName());
  }

  @Test
  void aMeasuredServerHasNoSettingsOfTheEnvironment() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("LINNET_JWT_AUDIENCE", "a", "LINNET_CONFIG", "b", "PATH", "c", "LANG", "d"));

    ServerProcess.forgetSettings(environment);
    assertThat(environment).containsOnlyKeys("PATH", "LANG");
  }
}
