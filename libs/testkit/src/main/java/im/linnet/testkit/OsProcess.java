package im.linnet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real operating-system process under a test's control: started, read, paused, killed. The
 * process writes its output to a file itself, so this JVM cannot hold it up. It dies with this JVM,
 * also if the JVM is killed (see {@link ProcessGuard}).
 *
 * <p>Any thread may call any method.
 */
public final class OsProcess implements AutoCloseable {
  private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(10);
  private static final int TAIL_LINES = 40;

  private final String name;
  private final Process process;
  private final Path output;

  private OsProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts any command.
   *
   * @param name for messages, and for the output file {@code <name>.log}
   * @param directory its working directory; the output file is there, and output is appended
   * @param command the program and its arguments
   * @param environment variables added to this JVM's environment
   */
  public static OsProcess start(
      String name, Path directory, List<String> command, Map<String, String> environment) {
    Path output = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      ProcessGuard.watch(process);
      return new OsProcess(name, process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command, e);
    }
  }

  /**
   * Starts a main class in a JVM of its own, with the JDK and the class path of this one.
   *
   * @param jvmArguments such as {@code -Xmx256m}
   */
  public static OsProcess java(
      String name,
      Path directory,
      List<String> jvmArguments,
      String mainClass,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return start(name, directory, command, Map.of());
  }

  /**
   * Waits until a line of the output contains the pattern, and returns that line. Fails at once,
   * with the end of the output, if the process ends without it.
   */
  public String awaitLine(Pattern pattern, Duration atMost) {
    OutputScan scan = new OutputScan(output, pattern);
    try {
      return Awaitility.await(name + " prints " + pattern)
          .atMost(atMost)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .failFast(
              () -> {
                if (!process.isAlive() && scan.next().isEmpty()) {
                  throw new AssertionError(
                      name + " ended with " + process.exitValue() + " before " + pattern + tail());
                }
              })
          .until(scan::next, found -> !found.isEmpty())
          .getFirst();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(name + " did not print " + pattern + " in " + atMost + tail(), e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file that the process writes its output to. */
  public Path output() {
    return output;
  }

  /** The last lines of the output, for messages. */
  public String tailOfOutput() {
    List<String> lines = lines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** SIGKILL: no hook runs, no buffer is flushed. Returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(SIGNAL_PATIENCE);
  }

  /** SIGTERM, a clean stop; returns its exit code. */
  public int terminate(Duration atMost) {
    process.destroy();
    return awaitExit(atMost);
  }

  /** SIGSTOP: the process stands still, its sockets stay open. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT, after {@link #pause()}. */
  public void resume() {
    signal("CONT");
  }

  /** Waits for the end and returns the exit code. */
  public int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " has not ended within " + atMost + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /** Kills it if it still lives. */
  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    try {
      Process sender =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
      if (!sender.waitFor(SIGNAL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || sender.exitValue() != 0) {
        throw new IllegalStateException("cannot send SIG" + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + signal + " to " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling " + name, e);
    }
  }

  private String tail() {
    return "; its output ends with:\n" + tailOfOutput();
  }

  private List<String> lines() {
    try {
      return Files.exists(output)
          ? new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + output, e);
    }
  }
}
