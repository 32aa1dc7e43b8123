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
import java.util.function.Function;
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

  /** Connects everybody, and loads the servers until a message's cost has stopped falling. */
  void warmUp() throws IOException {
    SigningSecret secret = fleet.secret();
    Instant now = Instant.now();
    engine.connect(
        fleet.edges(), user -> Tokens.sign(secret, LoadUser.name(user), now, TOKEN_LIFE));
    report.line("%,d users are connected", options.users);
    WarmUp warmUp =
        WarmUp.with(
            window -> {
              long acked = engine.closedLoop(options.window, window).acked();
              stored.awaitAll(STORE_LIMIT);
              return acked;
            },
            fleet.cpu(),
            Duration.ofSeconds(options.warmup));
    report.warmedUp("the closed loop", warmUp);
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
    // Small batches take other paths than the closed loop's large ones.
    engine.openLoop(perSecond, Duration.ofSeconds(Math.min(options.warmup, options.seconds)));
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
  Measured yardstick() throws IOException {
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

  private Measured yardstick(@Nullable MongoDatabase database) throws IOException {
    Measured log = limit("limit: log only", yardstickOf(null)::pipeline);
    if (database == null) {
      return log;
    }
    limit("limit: inserts only", yardstickOf(database)::insertsOnly);
    return limit("limit: log and inserts", yardstickOf(database)::pipeline);
  }

  private Yardstick yardstickOf(@Nullable MongoDatabase database) {
    return new Yardstick(fleet.bootstrap(), database, options.text, random);
  }

  private Measured limit(String name, Function<Duration, Yardstick.Outcome> work)
      throws IOException {
    CpuMeter cpu = fleet.yardstickCpu();
    WarmUp warmUp =
        WarmUp.with(
            window -> work.apply(window).messages(), cpu, Duration.ofSeconds(options.warmup));
    report.warmedUp(name, warmUp);
    Map<String, Duration> start = cpu.read();
    Yardstick.Outcome outcome = work.apply(Duration.ofSeconds(options.seconds));
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
