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
    Map<String, Duration> used = new LinkedHashMap<>();
    read().forEach((name, now) -> used.put(name, now.minus(start.getOrDefault(name, now))));
    return used;
  }

  /** The sum over all processes. */
  static Duration total(Map<String, Duration> used) {
    return used.values().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
