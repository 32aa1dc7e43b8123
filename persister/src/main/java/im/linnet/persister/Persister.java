package im.linnet.persister;

import im.linnet.log.Callbacks;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogWorker;
import im.linnet.log.group.GroupLoop;
import im.linnet.log.publish.KafkaDeadLetters;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.apply.Applier;
import im.linnet.persister.apply.ApplyHandler;
import im.linnet.persister.apply.ApplyMeters;
import im.linnet.persister.apply.LogJudge;
import im.linnet.persister.decide.Decider;
import im.linnet.persister.decide.DeciderMeters;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The persister's composition root: reads the streams in a group and keeps a store's view of them,
 * and judges commands by that view. Several may run on one store; the groups share the partitions
 * out.
 *
 * <p>{@code new} opens nothing; {@link #start} returns once it reads, or waits for partitions of
 * the group; {@link #check} tells whether it works; {@link #close} stops it. It is used once.
 * {@code start} and {@code close} block and are for one thread; the other methods are safe on any
 * thread.
 */
public final class Persister implements LogWorker {
  /** The consumer group of all persisters that keep the view in MongoDB. */
  public static final String GROUP = "linnet-persister";

  private static final Logger LOG = LoggerFactory.getLogger(Persister.class);
  private static final long CARRY_ON_MILLIS = 500;
  private static final Duration DECIDER_CLOSE = Duration.ofSeconds(2);
  private static final Duration LOOP_CLOSE = Duration.ofSeconds(4);
  private static final Duration PUBLISHER_CLOSE = Duration.ofSeconds(2);

  private final PersisterConfig config;
  private final KafkaSettings kafka;
  private final RecordStore store;
  private final PersisterMeters meters;
  private final ApplyMeters applyMeters;
  private final DeciderMeters deciderMeters;
  private volatile @Nullable Running running;

  private record Running(
      TopicAdmin admin,
      KafkaPublisher publisher,
      LagMeter lag,
      ViewAnnouncements announcements,
      GroupLoop loop,
      Decider decider,
      ScheduledExecutorService timer) {}

  /**
   * @param store may be opened already; its owner closes it after this persister
   * @param registry gets the meters of this persister now
   */
  public Persister(
      PersisterConfig config, KafkaSettings kafka, RecordStore store, MeterRegistry registry) {
    this.config = config;
    this.kafka = kafka;
    this.store = store;
    this.meters = new PersisterMeters(registry, () -> check().isEmpty());
    this.applyMeters = new ApplyMeters(registry);
    this.deciderMeters = new DeciderMeters(registry);
  }

  /**
   * Starts. If the store does not answer now, the persister waits for it after the start, and
   * {@link #check} says so.
   *
   * @throws im.linnet.log.LogUnavailableException if Kafka does not answer
   * @throws im.linnet.log.topics.TopicMismatchException if its topics are not those of the
   *     catalogue
   * @throws im.linnet.records.StoreUnusableException if the store is of another log, newer than the
   *     log, or unfit
   */
  @Override
  public void start() {
    if (running != null) {
      throw new IllegalStateException("a persister is started once");
    }
    TopicAdmin admin = TopicAdmin.open(kafka);
    KafkaPublisher publisher =
        new KafkaPublisher(
            kafka, config.catalogue(), GROUP + "-" + config.instance(), Clock.systemUTC());
    try {
      admin.requireMatching(config.catalogue());
      String logId = admin.clusterId();
      openIfThere(logId).ifPresent(view -> requireNotBeyond(admin, view));
      publisher.start();
      running = begin(admin, publisher, logId);
    } catch (RuntimeException e) {
      publisher.close(Duration.ZERO);
      admin.close();
      throw e;
    }
    LOG.info("persister {} started", config.instance());
  }

  private Optional<ViewState> openIfThere(String logId) {
    try {
      return Optional.of(store.open(logId));
    } catch (StoreUnavailableException e) {
      LOG.warn("the store is away, waiting for it: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Checked early: once the log has grown past the view's offsets, another log cannot be told
   * apart.
   */
  private static void requireNotBeyond(TopicAdmin log, ViewState view) {
    Map<LogPartition, Long> next = new HashMap<>();
    view.next().forEach((place, offset) -> next.put(LogPartition.of(place), offset));
    if (next.isEmpty()) {
      return;
    }
    Map<LogPartition, Long> ends = log.offsets().ends(next.keySet());
    next.forEach(
        (place, offset) -> {
          long end = ends.getOrDefault(place, 0L);
          if (offset > end) {
            throw new StoreUnusableException(
                "the view is newer than the log: it is to go on at "
                    + place
                    + "@"
                    + offset
                    + ", and the log ends at "
                    + end
                    + ", so the log was put back from an older copy or has lost records: drop the"
                    + " view's database and start again, and the view is built anew from the log");
          }
        });
  }

  private Running begin(TopicAdmin admin, KafkaPublisher publisher, String logId) {
    LagMeter lag = new LagMeter(admin.offsets());
    ViewAnnouncements announcements =
        new ViewAnnouncements(publisher, config.instance() + "/applier", lag);
    KafkaDeadLetters deadLetters = new KafkaDeadLetters(publisher);
    Applier applier =
        new Applier(
            new LogJudge(RecordDecoder.ofStreams(config.catalogue()), LogJudge.in(kafka)),
            store,
            deadLetters::bury,
            applyMeters);
    GroupLoop loop =
        new GroupLoop(
            kafka,
            config.group(),
            config.instance(),
            Arrays.stream(Stream.values()).map(Stream::topic).toList(),
            config.batchRecords(),
            Math.toIntExact(config.applyDelay().toMillis()),
            new ApplyHandler(
                store, logId, applier, announcements, view -> requireNotBeyond(admin, view)),
            meters);
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("persister-timer-", 0).daemon().factory());
    long period = config.lagPeriod().toMillis();
    var unused =
        timer.scheduleWithFixedDelay(
            Callbacks.logged(() -> measure(lag)), period, period, TimeUnit.MILLISECONDS);
    unused =
        timer.scheduleWithFixedDelay(
            Callbacks.logged(this::carryOn),
            CARRY_ON_MILLIS,
            CARRY_ON_MILLIS,
            TimeUnit.MILLISECONDS);
    Decider decider =
        new Decider(
            kafka,
            config.catalogue(),
            config.instance(),
            admin.offsets(),
            store,
            logId,
            config.topicMembers(),
            deciderMeters);
    loop.start();
    decider.start();
    return new Running(admin, publisher, lag, announcements, loop, decider, timer);
  }

  private void measure(LagMeter lag) {
    Callbacks.whenDone(
        lag.measure(),
        (measured, failure) -> {
          if (failure == null) {
            meters.lags(lag.lags());
          }
        });
  }

  /** Off the applier's thread, which it must not hold up. */
  private void carryOn() {
    try {
      store.carryOn();
    } catch (StoreUnavailableException | StoreUnusableException e) {
      LOG.debug("the store does not carry on now, as the applier will meet: {}", e.getMessage());
    }
  }

  /** Nothing while the view is kept and commands are judged; otherwise one line that says why. */
  @Override
  public Optional<String> check() {
    Running now = running;
    if (now == null) {
      return Optional.of("the persister is not running");
    }
    return now.loop().check().or(now.decider()::check).or(now.publisher()::check);
  }

  @Override
  public CompletableFuture<Void> stopped() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the persister is not running");
    }
    return bothOrFailure(now.loop().stopped(), now.decider().stopped());
  }

  private static CompletableFuture<Void> bothOrFailure(
      CompletableFuture<Void> one, CompletableFuture<Void> other) {
    CompletableFuture<Void> both = CompletableFuture.allOf(one, other);
    for (CompletableFuture<Void> each : List.of(one, other)) {
      Callbacks.whenDone(
          each,
          (done, failure) -> {
            if (failure != null) {
              both.completeExceptionally(failure);
            }
          });
    }
    return both;
  }

  /**
   * Per partition of this persister the number of offsets that the view lacks, as last measured.
   */
  public Map<StreamPartition, Long> lags() {
    Running now = running;
    return now == null ? Map.of() : now.lag().lags();
  }

  /** Finishes the batch under way and leaves the group, within some 8 s. */
  @Override
  public void close() {
    Running now = running;
    if (now == null) {
      return;
    }
    running = null;
    now.timer().shutdownNow();
    now.decider().close(DECIDER_CLOSE);
    now.loop().close(LOOP_CLOSE);
    now.announcements().close();
    now.publisher().close(PUBLISHER_CLOSE);
    now.admin().close();
    LOG.info("persister {} stopped", config.instance());
  }
}
