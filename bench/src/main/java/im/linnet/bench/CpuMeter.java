package im.linnet.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time by named process over a window.
 *
 * @param pids process ids by name, in the order of the report
 */
record CpuMeter(Map<String, Long> pids) {
  CpuMeter {
    pids = new LinkedHashMap<>(pids);
  }

  /** The CPU time of each process up to now. */
  Map<String, Duration> read() {
    Map<String, Duration> used = new LinkedHashMap<>();
    pids.forEach((name, pid) -> used.put(name, ProcessCpu.of(pid)));
    return used;
  }

  /** The CPU time of each process since an earlier reading. */
  Map<String, Duration> since(Map<String, Duration> start) {
    return difference(start, read());
  }

  /** What was used between two readings. */
  static Map<String, Duration> difference(Map<String, Duration> start, Map<String, Duration> end) {
    Map<String, Duration> used = new LinkedHashMap<>();
    end.forEach((name, now) -> used.put(name, now.minus(start.getOrDefault(name, now))));
    return used;
  }

  /** The CPU time up to now of the JIT compilers of each process that has any. */
  Map<String, Duration> readCompilers() {
    Map<String, Duration> used = new LinkedHashMap<>();
    pids.forEach(
        (name, pid) -> {
          Duration compilers = CompilerCpu.of(pid);
          if (!compilers.isZero()) {
            used.put(name, compilers);
          }
        });
    return used;
  }

  /** The sum over all processes. */
  static Duration total(Map<String, Duration> used) {
    return used.values().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
