package im.linnet.bench;

import im.linnet.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code linnet bench}: the benches. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures over real sockets and separate processes, beside a yardstick in the same run.",
      "Servers, their data and the load all live on this machine and end with the bench."
    },
    subcommands = {
      LimitCommand.class,
      ThroughputCommand.class,
      LatencyCommand.class,
      FanOutCommand.class,
      ConnectionsCommand.class
    },
    synopsisSubcommandLabel = "limit|throughput|latency|fanout|connections",
    footerHeading = "%nExample:%n",
    footer = "  linnet bench throughput --users 500 --seconds 10")
public final class BenchCommand implements CommandGroup {}
