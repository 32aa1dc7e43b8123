package im.linnet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linnet}: lists the commands. */
@Command(
    name = "linnet",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Event-driven instant messaging: Kafka is the log, everything else reads it.",
    subcommands = {
      UpCommand.class,
      BrokerCommand.class,
      EdgeCommand.class,
      PersisterCommand.class,
      PresenceCommand.class,
      ChatCommand.class,
      TokenCommand.class,
      TopicsCommand.class,
      DigestCommand.class,
      RebuildCommand.class,
    },
    footerHeading = "%nTo begin:%n",
    footer = {
      "  linnet up                     everything in one process",
      "  linnet chat --as aa --to bb   talk in a terminal",
      "",
      "Settings come from flags, then from the environment (LINNET_TCP_PORT stands for",
      "--tcp-port), then from the file that --config names, then from the defaults.",
      "LINNET_LOG sets the log level.",
      "Exit codes: 0 fine; 1 failed while running; 2 the settings or the command line",
      "cannot be used."
    })
final class LinnetCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
