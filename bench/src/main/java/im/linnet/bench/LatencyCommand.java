package im.linnet.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench latency}. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = {
      "From the sender's send to the recipient's receipt, in an open loop at a fixed rate: half of what"
          + " the closed loop reaches first, unless --rates says otherwise. Prints the broker's requests"
          + " per second, too: at part load they are most of the cost."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench latency --rates 1000,3000,6000")
final class LatencyCommand extends MeasuringCommand {
  private static final int HALF = 2;
  private static final int MOST = 1_000_000;

  @Option(
      names = {"--rates", "--rate"},
      paramLabel = "MSG/S",
      split = ",",
      description =
          "Messages per second: one rate, or several that are measured one after the other. Default:"
              + " half of the closed loop's rate in this run.")
  private List<Double> rates = List.of();

  @Option(
      names = "--topic",
      description =
          "All users are members of one topic, and each message goes to all others. --contacts"
              + " does not count then.")
  private boolean topic;

  @Override
  @Nullable String complaint() {
    return rates.stream().allMatch(rate -> rate >= 1 && rate <= MOST)
        ? null
        : "--rates: " + rates + ": give numbers from 1 to " + MOST;
  }

  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    try (BenchRun run =
        topic ? BenchRun.startInTopic(options, report) : BenchRun.start(options, report)) {
      run.warmUp();
      if (rates.isEmpty()) {
        run.latency(run.throughput().perSecond() / HALF);
      }
      for (double rate : rates) {
        if (rates.size() > 1) {
          report.section(String.format(Locale.ROOT, "%.0f", rate), "messages per second");
        }
        run.latency(rate);
      }
    }
  }

  @Override
  String bench() {
    return "latency";
  }
}
