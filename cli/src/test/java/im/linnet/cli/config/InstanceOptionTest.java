package im.linnet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.schemas.Names;
import im.linnet.settings.SettingException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceOptionTest {
  @TempDir Path folder;
  @TempDir Path other;

  private final InstanceOption option = new InstanceOption();

  @Test
  void aDataDirectoryKeepsItsNameAndNoTwoHaveTheSame() throws Exception {
    Instance first = option.in(new DataFolder(folder));
    first.hold().close();

    assertThat(Names.isToken(first.name())).isTrue();
    assertThat(option.in(new DataFolder(folder)).name()).isEqualTo(first.name());
    assertThat(option.in(new DataFolder(other)).name()).isNotEqualTo(first.name());
  }

  @Test
  void oneProcessAtATimeHasIt() throws Exception {
    Instance first = option.in(new DataFolder(folder));

    assertThatThrownBy(() -> option.in(new DataFolder(folder)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("another 'linnet up' runs")
        .hasMessageContaining("--data");
    first.hold().close();
    assertThat(option.in(new DataFolder(folder)).name()).isEqualTo(first.name());
  }

  @Test
  void aGivenNameIsTaken() {
    option.instance = "up-7";

    assertThat(option.in(new DataFolder(folder)).name()).isEqualTo("up-7");
    assertThat(option.alone().name()).isEqualTo("up-7");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onABrokerOfItsOwnTheNameIsConstant() {
    assertThat(option.alone().name()).isEqualTo("up");
    assertThat(folder).isEmptyDirectory();
  }
}
