package im.linnet.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench latency}. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = {
      "From the sender's send to the recipient's receipt, in an open loop at a fixed rate: half of what"
          + " the closed loop reaches first, unless --rate says otherwise."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench latency --rate 2000")
final class LatencyCommand extends MeasuringCommand {
  private static final int HALF = 2;

  @Option(
      names = "--rate",
      paramLabel = "MSG/S",
      description = "Messages per second. Default: half of the closed loop's rate in this run.")
  private @Nullable Double rate;

  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    try (BenchRun run = BenchRun.start(options, report)) {
      run.warmUp();
      double perSecond = rate == null ? run.throughput().perSecond() / HALF : rate;
      run.latency(perSecond);
    }
  }

  @Override
  String bench() {
    return "latency";
  }
}
