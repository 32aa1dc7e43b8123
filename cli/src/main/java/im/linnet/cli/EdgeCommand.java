package im.linnet.cli;

import im.linnet.cli.config.AuthOptions;
import im.linnet.cli.config.Descriptors;
import im.linnet.cli.config.EdgeOptions;
import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.PortChecks;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.config.Tuning;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.node.EdgeProcess;
import im.linnet.cli.node.Node;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.log.KafkaSettings;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linnet edge}. */
@Command(
    name = "edge",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "An edge: client sessions over TCP and WebSocket, the web page, health and metrics.",
      "Prints a line that begins with 'ready' when clients can connect."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  linnet edge --kafka broker1:9092 --token-secret-file /etc/linnet/secret \\",
      "      --mongodb 'mongodb://db1/linnet?replicaSet=rs0'"
    })
final class EdgeCommand extends ProcessCommand implements Tuned {
  private final Tuning tuning = new Tuning(List.of(EdgeConfig.class, MongoSettings.class));

  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();
  @Mixin final EdgeOptions edge = new EdgeOptions();
  @Mixin final AuthOptions access = new AuthOptions();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to bind (default: ${DEFAULT-VALUE}, all).")
  String host = ListenerSettings.DEFAULT.host();

  EdgeCommand(SettingSources sources) {
    super(sources);
  }

  @Override
  Node node() {
    KafkaSettings log = kafka.settings();
    MongoSettings mongo = tuning.apply(store.settings());
    Optional<TopicCatalogue> catalogue = partitions.catalogue();
    EdgeConfig config = config();
    Logs.toStderr();
    return new EdgeProcess(config, log, Stores.mongo(mongo), catalogue);
  }

  private EdgeConfig config() {
    AuthSettings auth = access.auth();
    ListenerSettings listeners = edge.listeners(host, Descriptors.ofEdge(), new PortChecks());
    return tuning.apply(
        EdgeConfig.of(edge.edgeId(), auth).withListeners(listeners).withP2p(edge.p2pPolicy()));
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }
}
