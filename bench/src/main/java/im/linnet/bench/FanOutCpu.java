package im.linnet.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The CPU of an edge in one process with all other parts: all of it, and that of two kinds of
 * threads.
 */
final class FanOutCpu {
  private static final Pattern TAIL = Pattern.compile(".*-tail");
  private static final Pattern LOOPS = Pattern.compile("vert\\.x-eventloop-thread-\\d+");

  private final long pid;
  private final ThreadCpu threads;

  private FanOutCpu(long pid, ThreadCpu threads) {
    this.pid = pid;
    this.threads = threads;
  }

  /** Of the threads that the process has now. */
  static FanOutCpu of(long pid) throws IOException {
    return new FanOutCpu(pid, ThreadCpu.of(pid));
  }

  /**
   * CPU time.
   *
   * @param process of the whole process
   * @param tail of the edge's tail
   * @param loops of its event loops
   */
  record Used(Duration process, Duration tail, Duration loops) {
    Used since(Used before) {
      return new Used(
          process.minus(before.process), tail.minus(before.tail), loops.minus(before.loops));
    }
  }

  Used used() throws IOException {
    return new Used(ProcessCpu.of(pid), threads.used(TAIL), threads.used(LOOPS));
  }
}
