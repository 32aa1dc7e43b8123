package im.linnet.cli;

import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.HttpAddress;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.WorkerProcess;
import im.linnet.edge.config.OwnHost;
import im.linnet.log.group.TransactionalLoop;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import picocli.CommandLine.Command;

/** {@code linnet presence}. */
@Command(
    name = "presence",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "A presence-tracker: keeps the online users and their edges, in the log and in MongoDB.",
      "Prints a line that begins with 'ready' when it reads. Several share the work; each needs a"
          + " name of its own."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  linnet presence --kafka broker1:9092 \\",
      "      --mongodb 'mongodb://db1/linnet?replicaSet=rs0'"
    })
final class PresenceCommand extends WorkerCommand {
  PresenceCommand(SettingSources sources) {
    super(sources, PresenceConfig.DEFAULT.instance(), PresenceConfig.class);
  }

  @Override
  Node process(WorkerProcess.Settings settings) {
    PresenceConfig config =
        tuning()
            .apply(PresenceConfig.DEFAULT)
            .withInstance(settings.instance())
            .withAddress(
                Addresses.of(
                    OwnHost.address(), settings.health().map(HttpAddress::port).orElse(0)));
    return new WorkerProcess<>(
        "presence-tracker",
        new WorkerProcess.Group(PresenceTracker.GROUP, TransactionalLoop.SESSION),
        settings,
        (catalogue, registry) ->
            new PresenceTracker(
                config.withCatalogue(catalogue), settings.kafka(), settings.store(), registry));
  }
}
