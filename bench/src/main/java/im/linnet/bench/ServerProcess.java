package im.linnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One server process of the bench. It ends with the bench. */
final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 100;

  private final String name;
  private final Process process;
  private final Path output;

  private ServerProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /** Starts a command; its output goes to a file of that name in the folder. */
  static ServerProcess start(String name, List<String> command, Path folder) throws IOException {
    Path output = folder.resolve(name + ".log");
    Process process =
        builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new ServerProcess(name, process, output);
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    forgetSettings(builder.environment());
    return builder;
  }

  /**
   * Removes Linnet's settings from an environment: they belong to another installation. A measured
   * server has only the settings of the bench.
   */
  static void forgetSettings(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("LINNET_"));
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line with that begin. If it does not come, fails with the end of the output. */
  void awaitLine(String beginning, Duration limit) throws IOException, InterruptedException {
    await(() -> hasLine(beginning), "'" + beginning + "'", limit);
  }

  /** Waits for a condition while the process lives. */
  void await(BooleanSupplier condition, String what, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(name + " did not reach " + what + " in time; it said:\n" + tail());
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            name + " ended with exit code " + process.exitValue() + "; it said:\n" + tail());
      }
    }
  }

  private boolean hasLine(String beginning) {
    try (var lines = Files.lines(output)) {
      return lines.anyMatch(line -> line.startsWith(beginning));
    } catch (IOException e) {
      return false;
    }
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        // Until it is gone: a server that still writes would leave files where they were deleted.
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
