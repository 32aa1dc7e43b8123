package im.linnet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time of single threads of another JVM, as Linux counts it, to the nanosecond. The JDK's
 * {@code jcmd} tells which thread has which name: the kernel keeps the first 15 characters only.
 */
final class ThreadCpu {
  private static final Pattern THREAD = Pattern.compile("^\"(.*)\" #.* nid=(\\d+) .*");

  private final long pid;
  private final Map<Long, String> names = new HashMap<>();

  private ThreadCpu(long pid) {
    this.pid = pid;
  }

  /** Asks which threads the process has now; those that start later do not count. */
  static ThreadCpu of(long pid) throws IOException {
    ThreadCpu cpu = new ThreadCpu(pid);
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print")
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    answer
        .lines()
        .map(THREAD::matcher)
        .filter(Matcher::matches)
        .forEach(found -> cpu.names.put(Long.valueOf(found.group(2)), found.group(1)));
    if (cpu.names.isEmpty()) {
      throw new IOException("jcmd did not tell the threads of the process " + pid + ": " + answer);
    }
    return cpu;
  }

  /** What the threads have used up to now whose names match. */
  Duration used(Pattern name) throws IOException {
    long nanos = 0;
    for (Map.Entry<Long, String> thread : names.entrySet()) {
      if (name.matcher(thread.getValue()).matches()) {
        Path task = Path.of("/proc", Long.toString(pid), "task", thread.getKey().toString());
        String used = Files.readString(task.resolve("schedstat"));
        nanos += Long.parseLong(used.substring(0, used.indexOf(' ')));
      }
    }
    return Duration.ofNanos(nanos);
  }
}
