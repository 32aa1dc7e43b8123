package im.linnet.cli;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.BrokerOptions;
import im.linnet.cli.config.DataFolder;
import im.linnet.cli.config.DataOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.PortChecks;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.node.BrokerNode;
import im.linnet.cli.node.Node;
import im.linnet.schemas.TopicCatalogue;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code linnet broker}. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "A Kafka broker (KRaft) with Linnet's topics, alone in this process; for trying out and"
          + " tests.",
      "Prints a line that begins with 'ready' when clients can connect."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet broker --data ./broker-data --kafka-port 9092")
final class BrokerCommand extends ProcessCommand {
  @Mixin final DataOptions data = new DataOptions();
  @Mixin final BrokerOptions broker = new BrokerOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();

  BrokerCommand(SettingSources sources) {
    super(sources);
  }

  @Override
  Node node() {
    DataFolder folder = data.folder();
    folder.requireUsable();
    EmbeddedBrokerConfig config = broker.config(folder, new PortChecks());
    Optional<TopicCatalogue> catalogue = partitions.catalogue();
    OpenFiles.requireForBroker(folder.kafka(), catalogue);
    folder.prepare();
    BrokerNode node = new BrokerNode(config, catalogue);
    Logs.toFile(folder.logFile());
    return node;
  }
}
