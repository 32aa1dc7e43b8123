package im.linnet.cli.node;

import im.linnet.broker.EmbeddedBroker;
import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Addresses;
import im.linnet.cli.config.DataClaims;
import im.linnet.cli.config.DataFolder;
import im.linnet.cli.config.TokenSecret;
import im.linnet.edge.Closers;
import im.linnet.edge.EdgeNode;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogWorker;
import im.linnet.log.group.GroupLoop;
import im.linnet.log.group.GroupMembers;
import im.linnet.log.group.TransactionalLoop;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Everything in one JVM: a broker (or a named cluster), the persister with its view, the
 * presence-tracker and an edge, started in that order and stopped in the opposite one.
 */
public final class UpNode implements Node {
  /** Above this ratio the start tells how full the view in memory is. */
  private static final double NEARLY_FULL = 0.8;

  private static final String PERSISTER = "persister";
  private static final String PRESENCE = "presence-tracker";

  private final UpSettings settings;
  private final RecordStore store;
  private final Consumer<String> progress;
  private final Closers started = new Closers(Level.DEBUG);
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private @Nullable EmbeddedBroker broker;
  private @Nullable Parts parts;

  private record Parts(KafkaSettings kafka, EdgeNode edge) {}

  /**
   * Opens nothing yet.
   *
   * @param store the view, closed by this node
   * @param progress takes lines about a long start
   */
  public UpNode(UpSettings settings, RecordStore store, Consumer<String> progress) {
    this.settings = settings;
    this.store = store;
    this.progress = progress;
  }

  @Override
  public void start() {
    started.add("name", settings.instance().hold());
    KafkaSettings kafka = startLog();
    requireNobodyOfThisName(kafka);
    TopicCatalogue catalogue;
    Map<LogPartition, Long> ends;
    try (TopicAdmin admin = FirstContact.with(() -> TopicAdmin.open(kafka))) {
      String log = FirstContact.with(admin::clusterId);
      requireNoPersisters(kafka);
      catalogue = createTopics(admin);
      started.add("store", store);
      FirstContact.with(() -> store.open(log));
      ends = LogView.ends(admin, catalogue);
    }
    Telemetry telemetry = started.add("telemetry", new Telemetry());
    StoreMeters.show(store, telemetry.registry());
    Persister persister =
        work(
            PERSISTER,
            new Persister(
                persisterConfig().withCatalogue(catalogue), kafka, store, telemetry.registry()));
    PresenceTracker presence =
        work(
            PRESENCE,
            new PresenceTracker(
                presenceConfig().withCatalogue(catalogue), kafka, store, telemetry.registry()));
    if (settings.broker() == null) {
      GroupMembers.awaitJoined(kafka, PresenceTracker.GROUP, settings.instance().name());
    }
    CatchUp.await(store, ends, failure, progress);
    List<Readiness.Check> checks = checks(persister, presence);
    EdgeNode edge =
        started.add("edge", new EdgeNode(edgeConfig(), store, kafka, catalogue, telemetry, checks));
    FirstContact.start(edge);
    failWith(edge.stopped());
    // Not earlier: a refused start must not change the files of another process.
    DataClaims.write(new DataFolder(settings.data()), settings.edge().auth().expected());
    parts = new Parts(kafka, edge);
    started.tellAt(Level.INFO);
  }

  /**
   * Refuses a cluster whose view is in MongoDB if this view is in memory. Our tracker would take
   * partitions from trackers that keep presence in MongoDB, and keep it in memory. A running
   * persister shows that there is a MongoDB.
   */
  private void requireNoPersisters(KafkaSettings kafka) {
    if (settings.shared() || settings.broker() != null) {
      return;
    }
    List<String> members = FirstContact.with(() -> GroupMembers.of(kafka, Persister.GROUP));
    if (!members.isEmpty()) {
      throw new StoreUnusableException(
          "this cluster keeps its view in MongoDB, which a view in memory would take presence from"
              + " (--mongodb): give that MongoDB, or stop "
              + String.join(", ", members)
              + " (one that was killed counts for some 10 s more)");
    }
  }

  /** For the embedded broker the data directory makes sure of this. */
  private void requireNobodyOfThisName(KafkaSettings kafka) {
    if (settings.broker() != null) {
      return;
    }
    String name = settings.instance().name();
    FirstContact.with(
        () -> {
          GroupMembers.requireNone(kafka, persisterConfig().group(), name, GroupLoop.SESSION);
          GroupMembers.requireNone(kafka, PresenceTracker.GROUP, name, TransactionalLoop.SESSION);
          return name;
        });
  }

  private EdgeConfig edgeConfig() {
    EdgeConfig edge = settings.edge();
    return settings.ownKey()
        ? edge.withAuth(edge.auth().withSecret(TokenSecret.ofData(new DataFolder(settings.data()))))
        : edge;
  }

  private PersisterConfig persisterConfig() {
    PersisterConfig named = settings.workers().persister().withInstance(settings.instance().name());
    return settings.shared() ? named : named.alone();
  }

  private PresenceConfig presenceConfig() {
    ListenerSettings listeners = settings.edge().listeners();
    String advertised = listeners.advertisedHost();
    return settings
        .workers()
        .presence()
        .withInstance(settings.instance().name())
        .withAddress(
            Addresses.of(advertised == null ? listeners.host() : advertised, listeners.httpPort()));
  }

  private KafkaSettings startLog() {
    EmbeddedBrokerConfig config = settings.broker();
    if (config == null) {
      KafkaSettings named = settings.kafka();
      if (named == null) {
        throw new IllegalStateException("neither a broker nor a cluster");
      }
      return named;
    }
    EmbeddedBroker own = started.add("broker", new EmbeddedBroker(config));
    failWith(own.failure());
    BrokerStart.of(own);
    broker = own;
    return KafkaSettings.of(own.bootstrapServers());
  }

  private TopicCatalogue createTopics(TopicAdmin admin) {
    boolean embedded = settings.broker() != null;
    TopicCatalogue fresh = embedded ? TopicCatalogue.EMBEDDED : TopicCatalogue.DEFAULT;
    TopicCatalogue catalogue = Topics.catalogue(admin, settings.partitions(), fresh);
    admin.create(
        catalogue, embedded ? 1 : settings.replication(), embedded ? 1 : settings.minInSync());
    admin.requireMatching(catalogue);
    return catalogue;
  }

  /** Starts a worker. If it gives up, this node fails. */
  private <W extends LogWorker> W work(String name, W worker) {
    started.add(name, worker).start();
    failWith(worker.stopped());
    return worker;
  }

  private void failWith(CompletableFuture<Void> part) {
    CompletableFuture<Void> unused =
        part.whenComplete(
            (nothing, cause) -> {
              if (cause != null) {
                failure.completeExceptionally(cause);
              }
            });
  }

  private List<Readiness.Check> checks(Persister persister, PresenceTracker presence) {
    List<Readiness.Check> checks = new ArrayList<>();
    EmbeddedBroker own = broker;
    if (own != null) {
      checks.add(new Readiness.Check("broker", Readiness.Scope.SESSIONS, own::check));
    }
    checks.add(new Readiness.Check(PERSISTER, Readiness.Scope.READS, persister::check));
    checks.add(new Readiness.Check(PRESENCE, Readiness.Scope.ADVICE, presence::check));
    return checks;
  }

  @Override
  public Optional<String> check() {
    Parts now = parts;
    return now == null ? Optional.of("not started") : now.edge().check();
  }

  @Override
  public CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public String announcement() {
    Parts now = parts;
    return now == null
        ? "not started"
        : UpAnnouncement.of(
            settings,
            NetworkAddresses.ofThisMachine(),
            now.kafka().bootstrapServers(),
            now.edge().httpPort(),
            now.edge().tcpPort(),
            fill());
  }

  private String fill() {
    if (!(store instanceof InMemoryRecordStore memory) || memory.fillRatio() < NEARLY_FULL) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%nThe view in memory is %.0f %% full: raise --view-records (and the heap, by"
            + " LINNET_JAVA_OPTS=-Xmx...),%nor keep the view in MongoDB: --mongodb URI builds it"
            + " from the same log.",
        100 * memory.fillRatio());
  }

  @Override
  public void close() {
    started.close();
  }
}
