package im.linnet.bench;

import im.linnet.bench.ServerGroup.MongoAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick on servers of its own: a fresh broker and, where Linnet's view is in MongoDB, a
 * fresh mongod. The cost of a store grows with its size. So each half that inserts begins with as
 * many messages as Linnet's store held when its measured phase began.
 */
final class LimitRun implements AutoCloseable {
  private final BenchOptions options;
  private final Report report;
  private final ServerGroup servers;
  private final String bootstrap;
  private final @Nullable MongoAddress mongo;
  private final SplittableRandom random;
  private final Contacts contacts;

  private LimitRun(
      BenchOptions options,
      Report report,
      ServerGroup servers,
      String bootstrap,
      @Nullable MongoAddress mongo) {
    this.options = options;
    this.report = report;
    this.servers = servers;
    this.bootstrap = bootstrap;
    this.mongo = mongo;
    this.random = new SplittableRandom(options.seed);
    this.contacts = new Contacts(options.users, options.contacts, random);
  }

  /** Starts the servers. */
  static LimitRun start(BenchOptions options, Report report)
      throws IOException, InterruptedException {
    ServerGroup servers = ServerGroup.create();
    try {
      MongoAddress mongo =
          switch (options.store) {
            case memory -> null;
            case mongodb -> servers.mongod(options.mongod, options.mongodCache);
          };
      String bootstrap = servers.broker(options.fsync);
      Yardstick.createTopic(bootstrap);
      return new LimitRun(options, report, servers, bootstrap, mongo);
    } catch (IOException | InterruptedException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /**
   * Measures the log alone, then with MongoDB the inserts alone and both.
   *
   * @param held messages that the store holds when a measured phase with inserts begins
   * @return the figures of all of it together
   */
  Measured measure(long held) throws IOException {
    Yardstick logOnly = yardstick(null);
    warmUp("limit: log only", logOnly::pipeline);
    Measured measured = phase("limit: log only", logOnly::pipeline);
    MongoAddress store = mongo;
    if (store == null) {
      return measured;
    }
    inserting(store, "limit: inserts only", held, yardstick -> yardstick::insertsOnly);
    return inserting(store, "limit: log and inserts", held, yardstick -> yardstick::pipeline);
  }

  /**
   * Warms up in one database and measures in another, which begins with as many messages as
   * Linnet's.
   */
  private Measured inserting(MongoAddress store, String name, long held, Work work)
      throws IOException {
    try (YardstickDocuments documents = new YardstickDocuments(store.uri("warm-up"))) {
      warmUp(name, work.of(yardstick(documents)));
    }
    try (YardstickDocuments documents = new YardstickDocuments(store.uri("measured"))) {
      Yardstick yardstick = yardstick(documents);
      report.progress("%s: %,d messages into the store first", name, held);
      yardstick.preload(held);
      report.line("%-22s begins with %,d messages in the store", name, held);
      return phase(name, work.of(yardstick));
    }
  }

  /** The work of a yardstick. */
  @FunctionalInterface
  private interface Work {
    Function<Duration, Yardstick.Outcome> of(Yardstick yardstick);
  }

  private void warmUp(String name, Function<Duration, Yardstick.Outcome> work) throws IOException {
    WarmUp warmUp =
        WarmUp.with(
            window -> work.apply(window).messages(),
            cpu(),
            Duration.ofSeconds(options.warmup),
            report);
    report.warmedUp(name, warmUp);
  }

  private Measured phase(String name, Function<Duration, Yardstick.Outcome> work)
      throws IOException {
    report.progress("%s: measured for %d s", name, options.seconds);
    CpuMeter cpu = cpu();
    Map<String, Duration> start = cpu.read();
    Yardstick.Outcome outcome = work.apply(Duration.ofSeconds(options.seconds));
    Map<String, Duration> used = cpu.since(start);
    report.rate(name, outcome.messages(), outcome.seconds(), used);
    return new Measured(
        outcome.perSecond(), Report.micros(CpuMeter.total(used), outcome.messages()));
  }

  private Yardstick yardstick(@Nullable YardstickDocuments documents) {
    return new Yardstick(bootstrap, documents, options.text, contacts, random);
  }

  /** The CPU time of the servers and of this process, the yardstick's client. */
  private CpuMeter cpu() {
    Map<String, Long> pids = servers.pids();
    pids.put("yardstick", ProcessHandle.current().pid());
    return new CpuMeter(pids);
  }

  @Override
  public void close() {
    servers.close();
  }
}
