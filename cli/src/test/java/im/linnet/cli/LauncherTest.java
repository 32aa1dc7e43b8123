package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.doc.DocBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./linnet}, with a stand-in for java. */
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for number in 0 1 2; do
        if { eval "true 9<&$number"; } 2>/dev/null; then
          echo "$number" >>"$OPEN_FILES"
        fi
      done
      printf '%s\\n' "$@" >"$OPEN_FILES.arguments"
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
  void javaNeverStartsWithoutItsThreeStandardFiles(String closed) throws Exception {
    assertThat(run("./linnet chat " + closed)).isZero();

    assertThat(folder.resolve("open")).content().isEqualTo("0\n1\n2\n");
  }

  @Test
  void theBenchesStandBesideTheCommand() throws Exception {
    assertThat(run("./linnet bench --help")).isZero();

    assertThat(folder.resolve("open.arguments"))
        .content()
        .containsPattern("\n-cp\n\\S+/cli/target/linnet.jar:\\S+/bench/target/linnet-bench.jar\n")
        .endsWith("im.linnet.cli.Main\nbench\n--help\n");
  }

  @Test
  void theStandInSeesAClosedFile() throws Exception {
    run("jdk/bin/java <&-");

    assertThat(folder.resolve("open")).content().isEqualTo("1\n2\n");
  }

  /** The script builds without tests, so no module may need another one's test classes for that. */
  @Test
  void theCommandIsBuiltWithoutTheTestsOfAnyModule() throws Exception {
    try (Stream<Path> files = Files.walk(DocBlock.root(), 3)) {
      List<Path> poms =
          files
              .filter(each -> each.endsWith("pom.xml") && !each.toString().contains("target"))
              .toList();
      assertThat(poms).hasSizeGreaterThan(10);
      for (Path pom : poms) {
        String always =
            Files.readString(pom)
                .replaceAll("(?s)<profiles>.*</profiles>", "")
                .replaceAll("(?s)<dependencyManagement>.*</dependencyManagement>", "");
        assertThat(always).as(pom.toString()).doesNotContain("<type>test-jar</type>");
      }
    }
  }

  /** Runs a line of shell in a checkout that is built, as far as the script can see. */
  private int run(String line) throws Exception {
    Files.copy(DocBlock.root().resolve("linnet"), folder.resolve("linnet"));
    Path target = Files.createDirectories(folder.resolve("cli/target"));
    Files.createFile(target.resolve("linnet.built"));
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Path java = Files.writeString(bin.resolve("java"), JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(folder.resolve("linnet").toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
    shell.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    shell.environment().put("OPEN_FILES", folder.resolve("open").toString());
    Process process = shell.redirectErrorStream(true).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
