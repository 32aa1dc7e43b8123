package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The programs in docs/tokens.md, run as a reader would run them. */
final class TokenSamples {
  private static final Path PAGE = Path.of("..", "docs", "tokens.md");
  private static final Pattern SAMPLE =
      Pattern.compile("```\\w+\\n((?://|#) (\\S+)\\n.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("(?m)^`(\\S+) (\\S+) (\\S+) (\\w+)`$");
  private static final String OWN_JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Map<String, String> PACKAGES =
      Map.of("node", "apt-get install nodejs", "python3", "apt-get install python3");

  private final Path folder;
  private final Path secret;

  /**
   * @param folder where the programs are written to
   * @param secret takes the place of the key file that the page names
   */
  TokenSamples(Path folder, Path secret) {
    this.folder = folder;
    this.secret = secret;
  }

  /** The tokens that the samples print, by the command that the page gives for each. */
  List<Map.Entry<String, String>> tokens() throws IOException, InterruptedException {
    String page = Files.readString(PAGE);
    List<String> written = new ArrayList<>();
    for (MatchResult sample : SAMPLE.matcher(page).results().toList()) {
      Files.writeString(folder.resolve(sample.group(2)), sample.group(1));
      written.add(sample.group(2));
    }
    List<Map.Entry<String, String>> tokens = new ArrayList<>();
    for (MatchResult command : COMMAND.matcher(page).results().toList()) {
      assertThat(written).contains(command.group(2));
      tokens.add(Map.entry(command.group(), run(command)));
    }
    return tokens;
  }

  private String run(MatchResult command) throws IOException, InterruptedException {
    String program = command.group(1);
    Process process;
    try {
      process =
          new ProcessBuilder(
                  program.equals("java") ? OWN_JAVA : program,
                  command.group(2),
                  secret.toString(),
                  command.group(4))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "no %s on the PATH: install it (Debian: %s), or leave the samples out with"
                  .formatted(program, PACKAGES.get(program))
              + " -DexcludedGroups=samples",
          e);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s printed %s", command.group(), output).isZero();
    return output.strip();
  }
}
