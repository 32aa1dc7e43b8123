package im.linnet.cli.bench;

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
  void measure(BenchRun run, Report report) throws IOException {
    run.yardstick();
  }

  @Override
  String bench() {
    return "limit";
  }
}
