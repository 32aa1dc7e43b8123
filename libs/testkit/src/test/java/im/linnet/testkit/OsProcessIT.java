package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class OsProcessIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String TICKER =
      "i=0; while :; do i=$((i+1)); echo tick $i; sleep 0.05; done";

  @TempDir Path directory;

  @Test
  void a_line_is_awaited_and_the_exit_code_comes_back() {
    try (OsProcess process = shell("echo one; echo ready on port 7; exit 3")) {
      assertThat(process.awaitLine(Pattern.compile("port \\d"), LONG)).isEqualTo("ready on port 7");
      assertThat(process.awaitExit(LONG)).isEqualTo(3);
      assertThat(process.tailOfOutput()).isEqualTo("one\nready on port 7");
    }
  }

  @Test
  void a_line_that_never_comes_fails_as_soon_as_the_process_has_ended() {
    try (OsProcess process = shell("echo sorry; exit 4")) {
      assertThatThrownBy(() -> process.awaitLine(Pattern.compile("ready"), Duration.ofMinutes(5)))
          .hasStackTraceContaining("ended with 4")
          .hasStackTraceContaining("sorry");
    }
  }

  @Test
  void a_killed_process_runs_no_hook_and_a_terminated_one_does() {
    String trapping = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    try (OsProcess killed = shell(trapping)) {
      killed.awaitLine(Pattern.compile("ready"), LONG);
      killed.kill();
      assertThat(killed.isAlive()).isFalse();
      assertThat(killed.tailOfOutput()).doesNotContain("bye");
    }
    try (OsProcess stopped = OsProcess.start("two", directory, command(trapping), Map.of())) {
      stopped.awaitLine(Pattern.compile("ready"), LONG);
      assertThat(stopped.terminate(LONG)).isZero();
      assertThat(stopped.tailOfOutput()).contains("bye");
    }
  }

  @Test
  void a_paused_process_stands_still_until_it_is_resumed() {
    try (OsProcess process = shell(TICKER)) {
      process.awaitLine(Pattern.compile("tick 2"), LONG);
      process.pause();
      await().atMost(LONG).until(() -> state(process).startsWith("T"));
      String before = process.tailOfOutput();
      process.resume();
      await().atMost(LONG).until(() -> !process.tailOfOutput().equals(before));
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void a_main_class_runs_on_the_class_path_of_the_test() {
    try (OsProcess process =
        OsProcess.java(
            "echo", directory, List.of("-Xmx64m"), EchoMain.class.getName(), List.of("a b"))) {
      process.awaitLine(Pattern.compile("^got a b$"), LONG);
      assertThat(process.awaitExit(LONG)).isZero();
    }
  }

  @Test
  void what_a_killed_jvm_had_started_dies_with_it() {
    try (OsProcess parent =
        OsProcess.java(
            "parent",
            directory,
            List.of("-Xmx64m"),
            ParentMain.class.getName(),
            List.of(directory.toString()))) {
      String line = parent.awaitLine(Pattern.compile("^child \\d+$"), LONG);
      long child = Long.parseLong(line.substring("child ".length()));
      assertThat(ProcessHandle.of(child)).hasValueSatisfying(ProcessHandle::isAlive);
      parent.kill();

      await().atMost(LONG).until(() -> ProcessHandle.of(child).filter(this::running).isEmpty());
    }
  }

  /** A container's first process may not collect orphans, so a dead one can stay as a zombie. */
  private boolean running(ProcessHandle handle) {
    return handle.isAlive() && !state(handle.pid()).startsWith("Z");
  }

  private String state(OsProcess process) {
    return state(process.pid());
  }

  private static String state(long pid) {
    try {
      String stat = java.nio.file.Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2);
    } catch (java.io.IOException e) {
      return "Z";
    }
  }

  private OsProcess shell(String script) {
    return OsProcess.start("one", directory, command(script), Map.of());
  }

  private static List<String> command(String script) {
    return List.of("sh", "-c", script);
  }
}
