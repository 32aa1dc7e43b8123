package im.linnet.edge;

import im.linnet.edge.attach.AttachMeters;
import im.linnet.edge.attach.Attachments;
import im.linnet.edge.command.Commands;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.op.Ops;
import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.ops.Pages;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.ops.TailLag;
import im.linnet.edge.ops.Telemetry;
import im.linnet.edge.ops.ViewLag;
import im.linnet.edge.presence.FriendWatchers;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.LoggedBefore;
import im.linnet.edge.publish.MadeUuids;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.SessionAnnouncer;
import im.linnet.edge.publish.StatusPublisher;
import im.linnet.edge.reads.SharedEnds;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.relations.RelationAttacher;
import im.linnet.edge.relations.RelationBook;
import im.linnet.edge.session.Departures;
import im.linnet.edge.session.Disconnector;
import im.linnet.edge.session.ReadPace;
import im.linnet.edge.session.SessionAcceptor;
import im.linnet.edge.session.SessionIds;
import im.linnet.edge.session.SessionLifecycle;
import im.linnet.edge.session.SessionParts;
import im.linnet.edge.transport.Listeners;
import im.linnet.edge.transport.SocketAdmission;
import im.linnet.log.KafkaSettings;
import im.linnet.log.tail.TailReader;
import im.linnet.records.Circle;
import im.linnet.records.RecordReader;
import im.linnet.schemas.TimeOrderedUuid;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.frame.RequestDecoder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;

/** The wiring of a running edge. Each part is built after the parts that it needs. */
final class RunningEdge {
  private static final int ATTACH_QUEUE = 20_000;
  private static final int LOG_WORKERS = 2;
  private static final long COMMAND_TICK_MILLIS = 500;
  private static final long PACE_MILLIS = 100;
  private static final Duration DRAIN = Duration.ofSeconds(4);
  private static final long VERTX_CLOSE_SECONDS = 3;

  private final EdgeConfig config;
  private final Closers closers;
  private final Clock clock = Clock.systemUTC();
  private final Telemetry telemetry;
  private final EdgeMetrics metrics;
  private final Readiness readiness = new Readiness();
  private final SocketAdmission admission;
  private final EdgeLog log;
  private final TailReader tail;
  private final SharedEnds ends;
  private final FriendWatchers friends;
  private final RelationBook relations;
  private final Commands commands;
  private final ReadPace pace;
  private final EdgePresence presence;
  private final Attachments attachments;
  private final EdgeSignals signals;
  private final EdgeBeacon beacon;
  private final SessionAnnouncer announcer;
  private final Departures departures;
  private final CompletableFuture<Void> fenced;
  private final EdgeHeartbeat heartbeat;
  private final ThreadPoolExecutor workers;
  private final Listeners listeners;

  /** Starts an edge. If the start fails, all started parts are stopped again. */
  static RunningEdge start(
      EdgeConfig config,
      RecordReader store,
      KafkaSettings kafka,
      TopicCatalogue catalogue,
      Telemetry telemetry,
      List<Readiness.Check> others) {
    Closers started = new Closers(Level.DEBUG);
    try {
      RunningEdge edge = new RunningEdge(config, store, kafka, catalogue, telemetry, started);
      others.forEach(edge.readiness::add);
      edge.readiness.bindTo(telemetry.registry());
      edge.open();
      return edge;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private RunningEdge(
      EdgeConfig config,
      RecordReader store,
      KafkaSettings kafka,
      TopicCatalogue catalogue,
      Telemetry telemetry,
      Closers closers) {
    this.config = config;
    this.telemetry = telemetry;
    this.metrics = new EdgeMetrics(telemetry.registry());
    this.closers = closers;
    this.presence = new EdgePresence(clock, config.tail().spareUsers(), metrics);
    this.admission = new SocketAdmission(config.listeners().connections());
    closers.add("readiness", readiness);
    // First, because this is tried again and again while the keys' server is not up yet.
    EdgeTokens tokens = new EdgeTokens(config.auth(), clock, closers);
    this.log = new EdgeLog(config, kafka, catalogue, store, telemetry.registry(), closers);
    this.ends = new SharedEnds(log.offsets());
    // Not under the bound on sends: a living edge must not seem dead when sends pile up. The
    // connections and the one heartbeat a second bound these records.
    this.beacon =
        new EdgeBeacon(
            config.edge(),
            UUID.randomUUID().toString(),
            log.publisher().unbounded(),
            clock,
            presence.sessions()::size,
            telemetry::load);
    this.announcer =
        new SessionAnnouncer(
            config.edge(),
            () -> addresses().tcp(),
            beacon,
            log.publisher().unbounded(),
            presence.devices()::opened);
    this.heartbeat = new EdgeHeartbeat(beacon, announcer, this::addresses);
    this.workers =
        Workers.pool("linnet-edge-reads", config.reads().workers(), config.reads().queue());
    closers.add("workers", workers::shutdownNow);
    Later later = new Later();
    closers.add("delayed tasks", later);
    this.departures = new Departures(presence.sessions(), announcer, later, metrics);
    EpochWatch epochs = new EpochWatch(config.edge(), beacon, this::announceAgain, later);
    this.fenced = epochs.fenced();
    presence.start(log, config.edge(), epochs, later, closers);
    this.tail = log.tail();
    this.friends = new FriendWatchers(presence.watchers(), presence.lookUps());
    this.relations = relations(store);
    this.commands = new Commands(tail, log.publisher(), log.applied()::silence, System::nanoTime);
    closers.add("commands", commands::close);
    later.every(COMMAND_TICK_MILLIS, commands::expire);
    this.pace = pace(later);
    this.attachments = attachments(store);
    this.signals =
        new EdgeSignals(log, presence.sessions(), attachments::signal, this::drawnId, metrics);
    SessionParts parts = sessionParts(store, tokens);
    Vertx vertx = Listeners.eventLoops(config.listeners().eventLoops(), admission);
    closers.add("vertx", () -> close(vertx));
    this.listeners =
        new Listeners(
            vertx,
            config.listeners(),
            config.sessions(),
            new Pages(readiness, telemetry::scrape, tokens.issuer()),
            () -> new SessionAcceptor(parts),
            admission,
            metrics);
    closers.add("listeners", listeners);
    new EdgeChecks(readiness)
        .add(tail)
        .add(log, presence, beacon)
        .add(signals)
        .add(log, store)
        .add(log.publisher())
        .add(tokens);
    showLags();
    presence.show(metrics);
    log.publisher().bindTo(telemetry.registry());
    new EdgeGauges(metrics)
        .show(log)
        .show(admission)
        .show(presence.sessions(), announcer, departures)
        .show(workers);
  }

  private SessionParts sessionParts(RecordReader store, EdgeTokens tokens) {
    SessionLifecycle lifecycle =
        new SessionLifecycle(
            presence.sessions(),
            presence.freshDevices(),
            announcer,
            departures,
            new RelationAttacher(attachments, relations, friends),
            this::retryAfterMillis);
    return new SessionParts(
        config.edge(),
        log.logId(),
        config.sessions(),
        new RequestDecoder(config.sessions().limits()),
        tokens.verifier(config.listeners().eventLoops(), closers),
        lifecycle,
        ops(store),
        new Disconnector(metrics),
        metrics,
        clock,
        RunningEdge::steadyMillis,
        new SessionIds(beacon),
        this::retryAfterMillis,
        pace);
  }

  private ReadPace pace(Later later) {
    ReadPace found = new ReadPace(config.reads().viewLag().toMillis());
    later.every(
        PACE_MILLIS,
        () ->
            tail.execute(
                state -> found.look(state.distance(log.applied()::applied), steadyMillis())));
    return found;
  }

  private static long steadyMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private Ops ops(RecordReader store) {
    InboxPublisher inbox = new InboxPublisher(log.publisher());
    ViewReads reads =
        new ViewReads(log.applied(), ends, store, workers, config.reads().viewWait(), metrics);
    SendParts sends =
        new SendParts(
            inbox,
            new LoggedBefore(ends, inbox, reads),
            new RecipientRules(relations, config.p2p()),
            commands,
            presence::hasSeveralDevices,
            new MadeUuids(this::drawnId),
            config.sessions().rememberedSends(),
            this::retryAfterMillis);
    return new Ops(
        clock,
        sends,
        reads,
        presence.board(),
        presence.watchers(),
        presence.lookUps(),
        config.sessions().watchedUsers(),
        signals.publisher(),
        new StatusPublisher(config.edge(), log.publisher(), this::drawnId),
        metrics);
  }

  private String drawnId() {
    return TimeOrderedUuid.at(clock.millis());
  }

  private RelationBook relations(RecordReader store) {
    return new RelationBook(
        tail,
        log.applied(),
        store,
        workers,
        user -> log.publisher().partition(Topic.MUTUAL, user),
        (user, now) -> friends.changed(user, now.of(Circle.FRIENDS)));
  }

  private Attachments attachments(RecordReader store) {
    // A pool of their own: a storm of attaching sessions must not starve the ops of attached ones.
    ThreadPoolExecutor pages =
        Workers.pool("linnet-edge-attach", config.reads().workers(), ATTACH_QUEUE);
    ThreadPoolExecutor passes = Workers.pool("linnet-edge-scan", LOG_WORKERS, ATTACH_QUEUE);
    closers.add("attach workers", pages::shutdownNow);
    closers.add("scan workers", passes::shutdownNow);
    return new Attachments(
        new Attachments.Sources(tail, store, log.applied(), ends, log.scanner(), log.logId()),
        new Attachments.Workers(pages, passes),
        log.catalogue(),
        user -> log.publisher().partition(Topic.P2P, user),
        config
            .attach()
            .withOutbox(config.sessions().outboxBytes(), config.sessions().outboxFrames())
            .withSync(config.sessions().limits().sync()),
        new AttachMeters(metrics),
        new Random());
  }

  /** A future that fails if the edge cannot deliver any more, or if another process has its id. */
  CompletableFuture<Void> stopped() {
    return CompletableFuture.anyOf(tail.stopped(), fenced).thenApply(ended -> null);
  }

  /** Shows how far the tail is from the log's end, and how far the view is from the tail. */
  private void showLags() {
    ViewLag lag = new ViewLag(tail, log.applied());
    readiness.show("view", "lag", lag);
    metrics.gauge(
        "read.pause.seconds",
        "How long a session is not read after a request, because the view is late",
        () -> pace.getAsLong() / 1e3);
    metrics.gauge("view.lag", "Records read that the view does not hold yet", lag::getAsLong);
    telemetry.show(new TailLag(tail, telemetry.registry()));
  }

  private void open() {
    listeners.start();
    heartbeat.start();
    readiness.start();
  }

  /** Publishes a new epoch, then announces the sessions under it. */
  private void announceAgain() {
    heartbeat.beatNow(() -> announcer.openedAgain(presence.sessions().all()));
  }

  private EdgeBeacon.Addresses addresses() {
    String host = config.listeners().advertised();
    return new EdgeBeacon.Addresses(
        host + ":" + listeners.tcpPort(), host + ":" + listeners.httpPort());
  }

  private long retryAfterMillis() {
    long least = config.publishing().retryAfter().toMillis();
    return least + ThreadLocalRandom.current().nextLong(least + 1);
  }

  Optional<String> check() {
    return readiness.check();
  }

  int tcpPort() {
    return listeners.tcpPort();
  }

  int httpPort() {
    return listeners.httpPort();
  }

  /** Sends all clients away, says farewell, stops everything. Blocks, within 10 s. */
  void stop() {
    listeners.drain();
    try {
      admission.awaitNoSessions(DRAIN);
      departures.hurry();
      heartbeat.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closers.close();
  }

  private static void close(Vertx vertx) throws Exception {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
