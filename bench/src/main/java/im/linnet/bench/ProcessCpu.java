package im.linnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The CPU time of processes by the kernel: user and system, all threads. On Linux it reads {@code
 * /proc}, elsewhere it asks the JDK.
 */
final class ProcessCpu {
  // The kernel reports in clock ticks of USER_HZ, which is 100 on every Linux that Java runs on.
  private static final long MILLIS_PER_TICK = 10;
  private static final int UTIME_BEHIND_NAME = 11;

  private ProcessCpu() {}

  /** The CPU time of that process so far; zero if it has ended. */
  static Duration of(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(stat);
      // The name stands in brackets and may hold any character; the fields count from after it.
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
