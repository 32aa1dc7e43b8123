package im.linnet.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Load before a measured phase: windows of some seconds until a message's CPU time has stopped
 * falling, or the time is over.
 *
 * @param took how long it loaded
 * @param cpuMicros what a message cost in the last window, 0 where there was none
 */
record WarmUp(Duration took, double cpuMicros) {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** Something to load with. */
  @FunctionalInterface
  interface Load {
    /** Loads for that long; returns how many messages went all the way. */
    long run(Duration length) throws IOException;
  }

  /** Loads for {@code most} at the longest; tells the report how it goes. */
  static WarmUp with(Load load, CpuMeter cpu, Duration most, Report report) throws IOException {
    SteadyState steady = new SteadyState();
    Duration done = Duration.ZERO;
    double cost = 0;
    for (boolean reached = false; !reached && done.compareTo(most) < 0; ) {
      Duration rest = most.minus(done);
      Duration window = rest.compareTo(WINDOW) < 0 ? rest : WINDOW;
      Map<String, Duration> start = cpu.read();
      long messages = load.run(window);
      cost = Report.micros(CpuMeter.total(cpu.since(start)), messages);
      reached = steady.reachedWith(cost);
      done = done.plus(window);
      report.progress(
          "warming up: %d s of %d at most, %.0f us/msg", done.toSeconds(), most.toSeconds(), cost);
    }
    return new WarmUp(done, cost);
  }
}
