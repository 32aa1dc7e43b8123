package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * {@code linnet chat} as a process of its own, in a terminal that util-linux' {@code script} makes:
 * a test types into it and reads what it prints. It ends with its input, so also with this JVM.
 */
final class ChatProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * What a chat with a piped input did.
   *
   * @param exit its exit code
   * @param out what it printed
   * @param err what it complained of
   */
  record Piped(int exit, String out, String err) {}

  private final Process process;
  private final Path output;
  private final OutputStream input;
  private int passed;

  private ChatProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.input = process.getOutputStream();
  }

  /** Starts one in a dumb terminal, which is shown lines and nothing else. */
  static ChatProcess start(Path folder, String name, List<String> arguments) throws IOException {
    return start(folder, name, "dumb", arguments);
  }

  /** Starts one in a terminal of that type, without an echo of what is typed. */
  static ChatProcess start(Path folder, String name, String terminal, List<String> arguments)
      throws IOException {
    String java =
        command(arguments).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    String line = "stty rows 40 cols 100 -echo; TERM=" + terminal + " NO_COLOR=1 exec " + java;
    Path output = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-q", "-e", "-c", line, "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SHELL", "/bin/sh");
    try {
      return new ChatProcess(builder.start(), output);
    } catch (IOException e) {
      throw new IOException("install util-linux' script, which makes a terminal for this test", e);
    }
  }

  /** Pipes that into one, and waits for its end. */
  static Piped pipe(Path folder, String input, List<String> arguments) throws Exception {
    Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      return new Piped(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts one that reads its input from a pipe, which stays open until {@link #endInput}. */
  static ChatProcess piped(Path folder, String name, List<String> arguments) throws IOException {
    Path output = folder.resolve(name + ".log");
    return new ChatProcess(
        new ProcessBuilder(command(arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("chat");
    command.addAll(arguments);
    return command;
  }

  void type(String... lines) throws IOException {
    for (String line : lines) {
      keys(line + "\n");
    }
  }

  /** Presses keys, Enter among them only where it is said. */
  void keys(String keys) throws IOException {
    input.write(keys.getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Waits for a line with this in it after the ones awaited before, and returns it. */
  String await(String text) {
    int[] found = {-1};
    Awaitility.await(text)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              List<String> lines = lines();
              found[0] = firstWith(text, lines);
              assertThat(found[0]).as("%s in %s", text, lines).isNotNegative();
            });
    passed = found[0] + 1;
    return lines().get(found[0]);
  }

  /** All that was printed, without escape sequences. */
  List<String> lines() {
    try {
      return Files.readString(output)
          .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\u001b[=>]", "")
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its input, waits, and returns its exit code. */
  int end() throws IOException, InterruptedException {
    keys("\u0004");
    assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return process.exitValue();
  }

  /** Closes its piped input, waits, and returns its exit code. */
  int endInput() throws IOException, InterruptedException {
    input.close();
    assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return process.exitValue();
  }

  /** Ends it as a person does, and waits for its exit code. */
  int quit() throws IOException, InterruptedException {
    type("/quit");
    assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private int firstWith(String text, List<String> lines) {
    for (int i = passed; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    return -1;
  }
}
