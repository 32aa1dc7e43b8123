package im.linnet.edge;

import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.ops.Pages;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.ops.TailLag;
import im.linnet.edge.ops.Telemetry;
import im.linnet.edge.ops.ViewLag;
import im.linnet.edge.publish.SessionAnnouncer;
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
import im.linnet.records.RecordReader;
import im.linnet.schemas.TimeOrderedUuid;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.frame.RequestDecoder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;

/** The wiring of a running edge. Each part is built after the parts that it needs. */
final class RunningEdge {
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
  private final ReadPace pace;
  private final EdgePresence presence;
  private final EdgeRequests requests;
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
    this.tail = log.startTail();
    this.pace = pace(later);
    this.requests =
        new EdgeRequests(config, log, tail, presence, store, workers, metrics, later, closers);
    this.signals =
        new EdgeSignals(log, presence.sessions(), requests.topics(), this::drawnId, metrics);
    SessionParts parts = sessionParts(tokens);
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

  private SessionParts sessionParts(EdgeTokens tokens) {
    SessionLifecycle lifecycle =
        new SessionLifecycle(
            presence.sessions(),
            presence.freshDevices(),
            announcer,
            departures,
            requests.attacher(),
            this::retryAfterMillis);
    return new SessionParts(
        config.edge(),
        log.logId(),
        config.sessions(),
        new RequestDecoder(config.sessions().limits()),
        tokens.verifier(config.listeners().eventLoops(), closers),
        lifecycle,
        requests.ops(clock, signals, this::drawnId, this::retryAfterMillis),
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

  private String drawnId() {
    return TimeOrderedUuid.at(clock.millis());
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
        "How long a session is not read after each read, because the view is late",
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
