package im.linnet.cli;

import im.linnet.cli.config.HealthOptions;
import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.node.HttpAddress;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.PersisterProcess;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.PersisterConfig;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linnet persister}. */
@Command(
    name = "persister",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Keeps the view in MongoDB behind the log.",
      "Prints a line that begins with 'ready' when it reads. Several share the work; each wants a"
          + " name of its own."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  linnet persister --kafka broker1:9092 --mongodb 'mongodb://db1/linnet?replicaSet=rs0'")
final class PersisterCommand extends ProcessCommand {
  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();
  @Mixin final HealthOptions health = new HealthOptions();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "This persister's name, unique in the cluster (default: ${DEFAULT-VALUE}).")
  String instance = PersisterConfig.DEFAULT.instance();

  PersisterCommand(SettingSources sources) {
    super(sources);
  }

  @Override
  Node node() {
    Instances.require(instance);
    KafkaSettings log = kafka.settings();
    MongoSettings mongo = store.settings();
    Optional<TopicCatalogue> catalogue = partitions.catalogue();
    Optional<HttpAddress> address = health.address();
    Logs.toStderr();
    return new PersisterProcess(instance, log, Stores.mongo(mongo), catalogue, address);
  }
}
