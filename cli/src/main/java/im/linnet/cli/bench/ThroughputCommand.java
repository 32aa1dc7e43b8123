package im.linnet.cli.bench;

import im.linnet.cli.bench.BenchRun.Measured;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code linnet bench throughput}. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "One-to-one messages acked to the sender, delivered to the recipient and stored, in a closed"
          + " loop; then the yardstick on the same servers, and the ratios."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench throughput --store mongodb --json throughput.json")
final class ThroughputCommand extends MeasuringCommand {
  @Override
  void measure(BenchRun run, Report report) throws IOException {
    run.warmUp();
    Measured linnet = run.throughput();
    Measured limit = run.yardstick();
    report.ratio("ratio by CPU", limit.cpuMicros() / linnet.cpuMicros());
    report.ratio("ratio by rate", linnet.perSecond() / limit.perSecond());
  }

  @Override
  String bench() {
    return "throughput";
  }
}
