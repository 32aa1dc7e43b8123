package im.linnet.bench;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.TokenIssuer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/** Linnet under load: one set of servers, one load engine, and the phases that benches have. */
final class BenchRun implements AutoCloseable {
  private static final Duration STORE_LIMIT = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final double LONGEST_SECONDS = 10;
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private final BenchOptions options;
  private final Report report;
  private final LinnetServers servers;
  private final LoadEngine engine;
  private final StoredCounter stored;
  private final Audience audience;
  private long before;

  private BenchRun(
      BenchOptions options,
      Report report,
      LinnetServers servers,
      LoadEngine engine,
      StoredCounter stored,
      Audience audience) {
    this.options = options;
    this.report = report;
    this.servers = servers;
    this.engine = engine;
    this.stored = stored;
    this.audience = audience;
  }

  /** Starts the servers. No user is connected yet. */
  static BenchRun start(BenchOptions options, Report report)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(options.seed);
    Contacts contacts = new Contacts(options.users, options.contacts, random);
    return start(options, report, new Audience.People(contacts), random);
  }

  /** The same, all users being members of one topic. */
  static BenchRun startInTopic(BenchOptions options, Report report)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(options.seed);
    return start(options, report, new Audience.OneTopic(options.users), random);
  }

  private static BenchRun start(
      BenchOptions options, Report report, Audience audience, SplittableRandom random)
      throws IOException, InterruptedException {
    LinnetServers servers = LinnetServers.start(options);
    try {
      LoadEngine engine = new LoadEngine(audience, options.text, random);
      StoredCounter stored =
          new StoredCounter(servers.bootstrap(), servers.mongoUri(), audience.stream());
      return new BenchRun(options, report, servers, engine, stored, audience);
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /**
   * Connects everybody, fills the store as far as is wanted, and loads the servers until a
   * message's cost has stopped falling.
   */
  void warmUp() throws IOException {
    TokenIssuer issuer =
        new TokenIssuer(servers.secret(), ExpectedClaims.ANY, TOKEN_LIFE, Clock.systemUTC());
    engine.connect(servers.edge(), user -> issuer.issue(LoadUser.name(user)).token());
    report.line("%,d users are connected", options.users);
    preload();
    WarmUp warmUp =
        WarmUp.with(this::load, servers.cpu(), Duration.ofSeconds(options.warmup), report);
    report.warmedUp("the closed loop", warmUp);
  }

  private void preload() throws IOException {
    Duration window = SHORT;
    for (long held = stored.count(); held < options.preload; held = stored.count()) {
      report.progress("the store holds %,d of %,d messages", held, options.preload);
      long began = System.nanoTime();
      double perSecond = Math.max(1, load(window) * 1e9 / (System.nanoTime() - began));
      double rest = (options.preload - stored.count()) / perSecond;
      window = Duration.ofMillis((long) (1_000 * Math.clamp(rest, 0.1, LONGEST_SECONDS)));
    }
  }

  private long load(Duration length) throws IOException {
    long acked = engine.closedLoop(options.window, length).acked();
    stored.awaitAll(STORE_LIMIT);
    return acked;
  }

  /** The closed loop; its figures go into the report. */
  Measured throughput() throws IOException {
    Phase phase =
        measure(
            "throughput",
            () -> engine.closedLoop(options.window, Duration.ofSeconds(options.seconds)));
    report.latency("ack under full load", engine.ackLatency());
    StoredCounter.Bytes bytes = stored.bytes();
    if (bytes != null) {
      report.bytes("data in MongoDB", bytes.data());
      report.bytes("indexes in MongoDB", bytes.indexes());
    }
    outcome(phase);
    return new Measured(phase.held() / phase.seconds(), phase.cpuMicros());
  }

  /** The open loop at that rate; its figures go into the report. */
  void latency(double perSecond) throws IOException {
    // Small batches take other paths than the closed loop's large ones, and are compiled later.
    WarmUp warmUp =
        WarmUp.with(
            length -> engine.openLoop(perSecond, length).acked(),
            servers.cpu(),
            Duration.ofSeconds(options.warmup),
            report);
    report.warmedUp("the open loop", warmUp);
    try (KafkaRequests requests = KafkaRequests.of(servers.jvms())) {
      Map<String, Long> kinds = requests.byKind();
      Map<String, Long> clients = requests.byClient();
      Phase phase =
          measure(
              "open loop", () -> engine.openLoop(perSecond, Duration.ofSeconds(options.seconds)));
      report.latency("send to receipt", engine.receiptLatency());
      report.latency("send to ack", engine.ackLatency());
      report.perSecond("broker requests", kinds, requests.byKind(), phase.seconds());
      report.perSecond("requests by client", clients, requests.byClient(), phase.seconds());
      outcome(phase);
    }
  }

  /** The number of messages in the store when the last measured phase began. */
  long heldBefore() {
    return before;
  }

  /** Some load on servers that are warm. */
  @FunctionalInterface
  private interface Load {
    LoadCounts run() throws IOException;
  }

  /**
   * The figures of a phase.
   *
   * @param counts the counts of the load
   * @param held the messages that the store took
   * @param seconds from the first send until the store held the last message
   * @param cpuMicros CPU time of all servers per message that the store took
   */
  private record Phase(LoadCounts counts, long held, double seconds, double cpuMicros) {}

  private Phase measure(String name, Load load) throws IOException {
    stored.awaitAll(STORE_LIMIT);
    before = stored.count();
    report.progress(
        "%s: measured for %d s, %,d messages in the store", name, options.seconds, before);
    StoredCounter watched =
        new StoredCounter(servers.bootstrap(), servers.mongoUri(), audience.stream());
    try (LagWatch watch = new LagWatch(watched, report)) {
      CpuMeter cpu = servers.cpu();
      Map<String, Duration> compiled = cpu.readCompilers();
      Map<String, Duration> start = cpu.read();
      long began = System.nanoTime();
      LoadCounts counts = load.run();
      stored.awaitAll(STORE_LIMIT);
      double seconds = (System.nanoTime() - began) / 1e9;
      Map<String, Duration> used = cpu.since(start);
      Map<String, Duration> compilers = CpuMeter.difference(compiled, cpu.readCompilers());
      long held = stored.count() - before;
      report.rate(name, held, seconds, used);
      report.cpu("of that JIT compilers", held, compilers);
      if (audience.receivers() > 1) {
        report.rate("each delivery", counts.delivered(), seconds, used);
      }
      report.seconds("stored after the last ack", seconds - counts.seconds());
      report.series("the view lacked, records", watch.end());
      return new Phase(counts, held, seconds, Report.micros(CpuMeter.total(used), held));
    }
  }

  private void outcome(Phase phase) throws IOException {
    LoadCounts counts = phase.counts();
    report.count("held before", before);
    report.count("acked", counts.acked());
    report.count("refused", counts.refused());
    report.count("delivered", counts.delivered());
    report.count("stored", phase.held());
    report.count("twice or out of order", counts.disordered());
    if (phase.held() != counts.acked() || counts.disordered() > 0) {
      throw new IOException("what was acked is not what was stored, or came twice or disordered");
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
    engine.close();
    servers.close();
  }
}
