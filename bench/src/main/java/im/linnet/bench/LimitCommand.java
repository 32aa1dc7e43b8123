package im.linnet.bench;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench limit}. */
@Command(
    name = "limit",
    mixinStandardHelpOptions = true,
    description = {
      "The yardstick alone: one producer, the broker, one consumer, and with --store mongodb the same"
          + " documents inserted as the persister's; without any messaging logic."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench limit --store mongodb --mongod /usr/bin/mongod")
final class LimitCommand extends MeasuringCommand {
  @Option(
      names = "--held",
      paramLabel = "MESSAGES",
      defaultValue = "0",
      description =
          "Messages in the store when a measured phase with inserts begins: what a store costs grows"
              + " with what it holds. Default: ${DEFAULT-VALUE}.")
  private long held;

  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    try (LimitRun run = LimitRun.start(options, report)) {
      run.measure(held);
    }
  }

  @Override
  String bench() {
    return "limit";
  }
}
