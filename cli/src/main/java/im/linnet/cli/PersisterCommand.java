package im.linnet.cli;

import im.linnet.cli.config.SettingSources;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.WorkerProcess;
import im.linnet.log.group.GroupLoop;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import picocli.CommandLine.Command;

/** {@code linnet persister}. */
@Command(
    name = "persister",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Writes the log's records to the view in MongoDB.",
      "Prints a line that begins with 'ready' when it reads. Several share the work; each needs a"
          + " name of its own."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  linnet persister --kafka broker1:9092 \\",
      "      --mongodb 'mongodb://db1/linnet?replicaSet=rs0'"
    })
final class PersisterCommand extends WorkerCommand {
  PersisterCommand(SettingSources sources) {
    super(sources, PersisterConfig.DEFAULT.instance(), PersisterConfig.class);
  }

  @Override
  Node process(WorkerProcess.Settings settings) {
    PersisterConfig config =
        tuning().apply(PersisterConfig.DEFAULT).withInstance(settings.instance());
    return new WorkerProcess<>(
        "persister",
        new WorkerProcess.Group(config.group(), GroupLoop.SESSION),
        settings,
        (catalogue, registry) ->
            new Persister(
                config.withCatalogue(catalogue), settings.kafka(), settings.store(), registry));
  }
}
