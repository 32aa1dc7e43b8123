package im.linnet.bench;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench throughput}. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "One-to-one messages acked to the sender, delivered to the recipient and stored, in a closed"
          + " loop; then the yardstick, on fresh servers that hold as many messages, and the ratios."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench throughput --store mongodb --json throughput.json")
final class ThroughputCommand extends MeasuringCommand {
  @Option(
      names = "--no-yardstick",
      description = "Leave out the yardstick and the ratios: Linnet's own figures alone.")
  private boolean noYardstick;

  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    Measured linnet;
    long held;
    try (BenchRun run = BenchRun.start(options, report)) {
      run.warmUp();
      linnet = run.throughput();
      held = run.heldBefore();
    }
    if (noYardstick) {
      return;
    }
    try (LimitRun run = LimitRun.start(options, report)) {
      Measured limit = run.measure(held);
      report.ratio("ratio by CPU", limit.cpuMicros() / linnet.cpuMicros());
      report.ratio("ratio by rate", linnet.perSecond() / limit.perSecond());
    }
  }

  @Override
  String bench() {
    return "throughput";
  }
}
