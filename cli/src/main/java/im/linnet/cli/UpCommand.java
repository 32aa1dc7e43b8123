package im.linnet.cli;

import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.AuthOptions;
import im.linnet.cli.config.BrokerOptions;
import im.linnet.cli.config.DataFolder;
import im.linnet.cli.config.DataOptions;
import im.linnet.cli.config.Descriptors;
import im.linnet.cli.config.EdgeOptions;
import im.linnet.cli.config.InstanceOption;
import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.PortChecks;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.config.TokenSecret;
import im.linnet.cli.config.Tuning;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.UpNode;
import im.linnet.cli.node.UpSettings;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.records.RecordStore;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linnet up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Everything in one process: a Kafka broker, the view, presence, and an edge for clients.",
      "Needs nothing else. Prints its addresses when it is ready. Ctrl-C stops it, and the next"
          + " start goes on from there.",
      "Unless --token-secret-file is given it makes a key for the data directory. POST /v1/token"
          + " gives tokens for any user to programs on this machine; --no-tokens turns that off."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  linnet up",
      "  linnet up --data /var/lib/linnet --http-port 8081 --tcp-port 9001 \\",
      "      --kafka-port 9093",
      "  linnet up --kafka broker1:9092 \\",
      "      --mongodb 'mongodb://db1/linnet?replicaSet=rs0'"
    })
final class UpCommand extends ProcessCommand implements Tuned {
  private final Tuning tuning =
      new Tuning(
          List.of(
              EdgeConfig.class, PersisterConfig.class, PresenceConfig.class, MongoSettings.class));

  @Mixin final DataOptions data = new DataOptions();
  @Mixin final EdgeOptions edge = new EdgeOptions();
  @Mixin final AuthOptions access = new AuthOptions();
  @Mixin final BrokerOptions broker = new BrokerOptions();
  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();
  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final InstanceOption instance = new InstanceOption();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "The address that clients connect to (default: ${DEFAULT-VALUE}, this machine only; 0.0.0.0"
            + " for all)."
      })
  String host = "127.0.0.1";

  @Option(
      names = "--no-tokens",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOLEAN",
      description = {
        "Give no tokens to programs on this machine. Use it if a proxy or a tunnel on this"
            + " machine leads others to the server."
      })
  boolean noTokens;

  @Option(
      names = "--view-records",
      paramLabel = "N",
      description = "The most records of the view in memory (default: ${DEFAULT-VALUE}).")
  int viewRecords = InMemoryRecordStore.DEFAULT_MAX_RECORDS;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description =
          "With --kafka: copies of each partition of new topics (default: ${DEFAULT-VALUE}).")
  int replication = 3;

  @Option(
      names = "--min-insync",
      paramLabel = "N",
      description = {
        "With --kafka: copies that an acknowledgement stands for (default: ${DEFAULT-VALUE})."
      })
  int minInSync = 2;

  UpCommand(SettingSources sources) {
    super(sources);
  }

  @Override
  Node node() {
    TopicsCommand.requireCopies(replication, minInSync);
    KafkaSettings named = kafka.given() ? kafka.settings() : null;
    if (named != null) {
      broker.requireUnused();
    }
    MongoSettings mongo = store.given() ? tuning.apply(store.settings()) : null;
    Optional<TopicCatalogue> catalogue = partitions.catalogue();
    instance.requireUsable();
    DataFolder folder = data.folder();
    folder.requireUsable();
    PortChecks ports = new PortChecks();
    EmbeddedBrokerConfig embedded = named == null ? broker.config(folder, ports) : null;
    SigningSecret given = access.secret();
    EdgeConfig checked =
        edgeConfig(given == null ? TokenSecret.draft() : given, descriptors(embedded), ports);
    UpSettings.Workers workers =
        new UpSettings.Workers(
            tuning.apply(PersisterConfig.DEFAULT), tuning.apply(PresenceConfig.DEFAULT));
    RecordStore view = view(mongo);
    // Only now, so that a start that is refused leaves no directory. The key is made later still.
    folder.prepare();
    UpSettings settings =
        new UpSettings(
            named == null ? instance.alone() : instance.in(folder),
            mongo != null,
            folder.path(),
            embedded,
            named,
            replication,
            minInSync,
            catalogue,
            checked,
            workers,
            given == null,
            access.secretFile());
    Logs.toFile(folder.logFile());
    return new UpNode(settings, view, this::say);
  }

  private EdgeConfig edgeConfig(SigningSecret secret, Descriptors descriptors, PortChecks ports) {
    AuthSettings auth = access.auth(secret);
    ListenerSettings listeners = edge.listeners(host, descriptors, ports);
    return tuning.apply(
        EdgeConfig.of(edge.edgeId(), noTokens ? auth : auth.issuingTokens())
            .withListeners(listeners)
            .withP2p(edge.p2pPolicy()));
  }

  private Descriptors descriptors(@Nullable EmbeddedBrokerConfig embedded) {
    Descriptors descriptors =
        embedded == null
            ? Descriptors.ofEdge()
            : Descriptors.withBroker(
                embedded.dataDirectory(),
                partitions.catalogue().orElse(TopicCatalogue.EMBEDDED),
                embedded.internalPartitions());
    return store.given() ? descriptors : descriptors.withoutMongo();
  }

  private RecordStore view(@Nullable MongoSettings mongo) {
    return mongo == null ? Stores.memory(viewRecords) : Stores.mongo(mongo);
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
