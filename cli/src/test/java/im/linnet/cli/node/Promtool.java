package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own checker. Our own checks of the same need nothing and always run. */
final class Promtool {
  private Promtool() {}

  /** {@code promtool check metrics} has nothing to say about a scrape. */
  static void hasNothingToSay(String scrape) throws IOException, InterruptedException {
    run(scrape, "check", "metrics");
  }

  /** The rules can be read, and do in their own tests what they should. */
  static void passes(Path rules, Path tests) throws IOException, InterruptedException {
    run("", "check", "rules", rules.toString());
    run("", "test", "rules", tests.toString());
  }

  private static void run(String input, String... arguments)
      throws IOException, InterruptedException {
    assertThat(System.getenv().getOrDefault("PATH", "").split(":"))
        .as(
            "promtool on the PATH: install Prometheus (Debian: apt-get install prometheus), or leave"
                + " this test out with -DexcludedGroups=promtool")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("promtool", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    Files.delete(said);
  }
}
