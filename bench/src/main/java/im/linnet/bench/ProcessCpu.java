package im.linnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * CPU time that processes have used, as the kernel accounts it: user and system, all threads. Linux
 * reads {@code /proc}; elsewhere the JDK's own process information is asked.
 */
final class ProcessCpu {
  // The kernel reports in clock ticks of USER_HZ, which is 100 on every Linux that Java runs on.
  private static final long MILLIS_PER_TICK = 10;
  private static final int UTIME_BEHIND_NAME = 11;

  private ProcessCpu() {}

  /** CPU time used so far by the process of that id; zero where it has ended. */
  static Duration of(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(stat);
      // The name is in brackets and may hold anything; the fields count from after it.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      long ticks =
          Long.parseLong(fields[UTIME_BEHIND_NAME]) + Long.parseLong(fields[UTIME_BEHIND_NAME + 1]);
      return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    } catch (IOException e) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().totalCpuDuration())
          .orElse(Duration.ZERO);
    }
  }
}
