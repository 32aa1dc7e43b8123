package im.linnet.cli;

import im.linnet.cli.config.HealthOptions;
import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.node.HttpAddress;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.PresenceProcess;
import im.linnet.log.KafkaSettings;
import im.linnet.presence.PresenceConfig;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linnet presence}. */
@Command(
    name = "presence",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "A presence-tracker: who is online and where, in the log and in MongoDB.",
      "Prints a line that begins with 'ready' when it reads. Several share the work; each wants a"
          + " name of its own."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  linnet presence --kafka broker1:9092 --mongodb 'mongodb://db1/linnet?replicaSet=rs0'")
final class PresenceCommand extends ProcessCommand {
  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();
  @Mixin final HealthOptions health = new HealthOptions();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "This tracker's name, unique in the cluster (default: ${DEFAULT-VALUE}).")
  String instance = PresenceConfig.DEFAULT.instance();

  PresenceCommand(SettingSources sources) {
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
    String self = host() + ":" + address.map(HttpAddress::port).orElse(0);
    return new PresenceProcess(instance, self, log, Stores.mongo(mongo), catalogue, address);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      return "127.0.0.1";
    }
  }
}
