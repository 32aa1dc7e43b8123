package im.linnet.bench;

import java.io.IOException;
import picocli.CommandLine.Command;

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
  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    try (LimitRun run = LimitRun.start(options, report)) {
      run.measure(options.preload);
    }
  }

  @Override
  String bench() {
    return "limit";
  }
}
