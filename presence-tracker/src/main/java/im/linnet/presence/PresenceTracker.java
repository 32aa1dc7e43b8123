package im.linnet.presence;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.LogWorker;
import im.linnet.log.group.LoopListener;
import im.linnet.log.group.TransactionalLoop;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.PresenceDirectory;
import im.linnet.schemas.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The presence-tracker's composition root. Several may run, each with an instance name of its own;
 * the group {@value #GROUP} shares the users' partitions out.
 *
 * <p>{@code new} opens nothing; {@link #start} returns once the tracker works or waits for its turn
 * in the group; {@link #check} says whether presence is kept; {@link #close} stops. Used once.
 * {@code start} and {@code close} block and are for one thread; the other methods are safe on any.
 */
public final class PresenceTracker implements LogWorker {
  /** The consumer group of all presence-trackers of one Kafka. */
  public static final String GROUP = Topic.PRESENCE_GROUP;

  private static final Logger LOG = LoggerFactory.getLogger(PresenceTracker.class);
  private static final Duration START = Duration.ofSeconds(15);

  private final PresenceConfig config;
  private final KafkaSettings kafka;
  private final PresenceDirectory directory;
  private final PresenceMeters meters;
  private volatile @Nullable Running running;

  private record Running(
      TopicAdmin admin,
      StoreMirror mirror,
      StoreFeed store,
      EdgeFeed edges,
      TransactionalLoop loop) {}

  /**
   * @param directory the store's mirror of presence; its owner opens and closes it
   * @param registry gets the meters of this tracker now
   */
  public PresenceTracker(
      PresenceConfig config,
      KafkaSettings kafka,
      PresenceDirectory directory,
      MeterRegistry registry) {
    this.config = config;
    this.kafka = kafka;
    this.directory = directory;
    this.meters = new PresenceMeters(registry);
    Gauge.builder("linnet.presence.ready", this, tracker -> tracker.check().isEmpty() ? 1 : 0)
        .description("1 while presence is kept")
        .register(registry);
    Gauge.builder("linnet.presence.store.waiting", this, PresenceTracker::waiting)
        .description("Users whose newest state is not in the store yet")
        .register(registry);
  }

  /**
   * Starts the tracker. The store need not answer.
   *
   * @throws LogUnavailableException if Kafka does not answer
   * @throws im.linnet.log.topics.TopicMismatchException if its topics are not those of the
   *     catalogue
   */
  @Override
  public void start() {
    if (running != null) {
      throw new IllegalStateException("a presence-tracker is started once");
    }
    TopicAdmin admin = TopicAdmin.open(kafka);
    try {
      admin.requireMatching(config.catalogue());
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
    Running begun = assemble(admin);
    try {
      begun.mirror().start();
      begun.edges().start();
      await(begun.store().start());
      begun.loop().start();
      running = begun;
    } catch (RuntimeException e) {
      stop(begun);
      throw e;
    }
    LOG.info("presence-tracker {} started", config.instance());
  }

  private Running assemble(TopicAdmin admin) {
    LongSupplier monotonicMillis = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    Clock clock = Clock.systemUTC();
    StoreMirror mirror = new StoreMirror(directory, config);
    StoreFeed store = new StoreFeed(kafka, admin.offsets(), config, mirror, meters);
    EdgeFeed edges = new EdgeFeed(kafka, admin.offsets(), config, meters, monotonicMillis);
    PresenceLog presence = new PresenceLog(kafka, admin.offsets(), "presence-" + config.instance());
    TrackerHandler handler =
        new TrackerHandler(config, edges, presence, store, meters, clock, monotonicMillis);
    LoopListener listener =
        new LoopListener() {
          @Override
          public void failed(Throwable failure) {
            meters.failures.increment();
          }
        };
    TransactionalLoop loop =
        new TransactionalLoop(
            kafka,
            config.catalogue(),
            Topic.SESSION,
            GROUP,
            config.instance(),
            handler,
            listener,
            clock);
    return new Running(admin, mirror, store, edges, loop);
  }

  private static void await(CompletableFuture<Void> ready) {
    try {
      ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new LogUnavailableException("im.presence.v1 cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("interrupted while reading im.presence.v1", e);
    }
  }

  /**
   * Empty while presence is kept; otherwise one line with the reason. A missing store does not
   * count here, see {@link #storeTrouble}.
   */
  @Override
  public Optional<String> check() {
    Running now = running;
    if (now == null) {
      return Optional.of("the presence-tracker is not running");
    }
    return now.loop().check().or(now.edges()::check).or(now.store()::check);
  }

  /** Empty while the store follows; otherwise one line with the reason. */
  public Optional<String> storeTrouble() {
    Running now = running;
    return now == null ? Optional.empty() : now.mirror().check();
  }

  @Override
  public CompletableFuture<Void> stopped() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the presence-tracker is not running");
    }
    return now.loop().stopped();
  }

  private double waiting() {
    Running now = running;
    return now == null ? 0 : now.mirror().waiting();
  }

  /**
   * Finishes the transaction under way, leaves the group and writes the waiting states to the
   * store.
   */
  @Override
  public void close() {
    Running now = running;
    if (now == null) {
      return;
    }
    running = null;
    stop(now);
    LOG.info("presence-tracker {} stopped", config.instance());
  }

  private static void stop(Running begun) {
    begun.loop().close();
    begun.edges().close();
    begun.store().close();
    begun.mirror().close();
    begun.admin().close();
  }
}
