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
import org.awaitility.Awaitility;

/**
 * {@code linnet chat} as a process of its own: a test types into it and reads what it prints. It
 * ends with its input, so also with this JVM.
 */
final class ChatProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;
  private final OutputStream input;
  private int passed;

  private ChatProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.input = process.getOutputStream();
  }

  static ChatProcess start(Path folder, String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("chat");
    command.addAll(arguments);
    Path output = folder.resolve(name + ".log");
    return new ChatProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  void type(String... lines) throws IOException {
    for (String line : lines) {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    input.flush();
  }

  /** Waits for a line with this in it behind the ones awaited before, and returns it. */
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

  /** All that was printed. */
  List<String> lines() {
    try {
      return Files.readString(output).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its input, waits, and returns its exit code. */
  int end() throws IOException, InterruptedException {
    input.close();
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
