package im.linnet.cli.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import im.linnet.cli.Tokens;
import im.linnet.edge.SigningSecret;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One set of servers, one load engine, and the phases that the benches are made of. */
final class BenchRun implements AutoCloseable {
  private static final Duration STORE_LIMIT = Duration.ofMinutes(2);
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);
  private static final String YARDSTICK_DATABASE = "yardstick";

  private final BenchOptions options;
  private final Report report;
  private final ServerFleet fleet;
  private final LoadEngine engine;
  private final StoredCounter stored;
  private final SplittableRandom random;

  private BenchRun(
      BenchOptions options,
      Report report,
      ServerFleet fleet,
      LoadEngine engine,
      StoredCounter stored) {
    this.options = options;
    this.report = report;
    this.fleet = fleet;
    this.engine = engine;
    this.stored = stored;
    this.random = new SplittableRandom(options.seed);
  }

  /** Starts the servers; nobody is connected yet. */
  static BenchRun start(BenchOptions options, Report report)
      throws IOException, InterruptedException {
    ServerFleet fleet = ServerFleet.start(options);
    try {
      LoadEngine engine = new LoadEngine(options.users, options.text, options.seed);
      return new BenchRun(options, report, fleet, engine, new StoredCounter(fleet.bootstrap()));
    } catch (IOException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** Connects everybody and lets the compilers do their work. */
  void warmUp() throws IOException {
    SigningSecret secret = fleet.secret();
    Instant now = Instant.now();
    engine.connect(
        fleet.edges(), user -> Tokens.sign(secret, LoadUser.name(user), now, TOKEN_LIFE));
    report.line("%,d users are connected", options.users);
    if (options.warmup > 0) {
      engine.closedLoop(options.window, Duration.ofSeconds(options.warmup));
      stored.awaitAll(STORE_LIMIT);
    }
  }

  /** The closed loop; its figures go into the report. */
  Measured throughput() throws IOException {
    long before = stored.awaitAll(STORE_LIMIT);
    CpuMeter cpu = fleet.cpu();
    Map<String, Duration> start = cpu.read();
    LoadCounts counts = engine.closedLoop(options.window, Duration.ofSeconds(options.seconds));
    long held = stored.awaitAll(STORE_LIMIT) - before;
    Map<String, Duration> used = cpu.since(start);
    report.rate("throughput", held, counts.seconds(), used);
    report.latency("ack under full load", engine.ackLatency());
    outcome(counts, held);
    return new Measured(
        counts.ackedPerSecond(), Report.micros(CpuMeter.total(used), Math.max(1, held)));
  }

  /** The open loop at that rate; its figures go into the report. */
  void latency(double perSecond) throws IOException {
    long before = stored.awaitAll(STORE_LIMIT);
    CpuMeter cpu = fleet.cpu();
    Map<String, Duration> start = cpu.read();
    LoadCounts counts = engine.openLoop(perSecond, Duration.ofSeconds(options.seconds));
    long held = stored.awaitAll(STORE_LIMIT) - before;
    report.rate("open loop", held, counts.seconds(), cpu.since(start));
    report.latency("send to receipt", engine.receiptLatency());
    report.latency("send to ack", engine.ackLatency());
    outcome(counts, held);
  }

  private void outcome(LoadCounts counts, long held) {
    report.count("acked", counts.acked());
    report.count("refused", counts.refused());
    report.count("delivered", counts.delivered());
    report.count("stored", held);
    report.count("twice or out of order", counts.disordered());
  }

  /** The yardstick on the same servers, while the users are idle. */
  Measured yardstick() {
    Yardstick.createTopic(fleet.bootstrap(), stored.messagePartitions());
    String uri = fleet.mongoUri(YARDSTICK_DATABASE);
    if (uri == null) {
      return yardstick(null);
    }
    // The persister's own code lays out the collections, so the indexes are the same.
    try (MongoRecordStore layout = new MongoRecordStore(MongoSettings.of(uri))) {
      layout.open(YARDSTICK_DATABASE);
    }
    try (MongoClient client = Yardstick.client(uri)) {
      return yardstick(client.getDatabase(YARDSTICK_DATABASE));
    }
  }

  private Measured yardstick(@Nullable MongoDatabase database) {
    Duration warmup = Duration.ofSeconds(Math.max(1, options.warmup / 2));
    Duration length = Duration.ofSeconds(options.seconds);
    Measured log = phase("limit: log only", null, warmup, length);
    if (database == null) {
      return log;
    }
    CpuMeter cpu = fleet.yardstickCpu();
    Yardstick inserts = new Yardstick(fleet.bootstrap(), database, options.text, random);
    inserts.insertsOnly(warmup);
    Map<String, Duration> start = cpu.read();
    Yardstick.Outcome outcome = inserts.insertsOnly(length);
    report.rate("limit: inserts only", outcome.messages(), outcome.seconds(), cpu.since(start));
    return phase("limit: log and inserts", database, warmup, length);
  }

  private Measured phase(
      String name, @Nullable MongoDatabase database, Duration warmup, Duration length) {
    Yardstick yardstick = new Yardstick(fleet.bootstrap(), database, options.text, random);
    CpuMeter cpu = fleet.yardstickCpu();
    yardstick.pipeline(warmup);
    Map<String, Duration> start = cpu.read();
    Yardstick.Outcome outcome = yardstick.pipeline(length);
    Map<String, Duration> used = cpu.since(start);
    report.rate(name, outcome.messages(), outcome.seconds(), used);
    return new Measured(
        outcome.perSecond(), Report.micros(CpuMeter.total(used), outcome.messages()));
  }

  @Override
  public void close() throws IOException {
    stored.close();
    engine.close();
    fleet.close();
  }

  /**
   * A rate and its cost.
   *
   * @param perSecond messages per second
   * @param cpuMicros CPU time of all servers per message
   */
  record Measured(double perSecond, double cpuMicros) {}
}
