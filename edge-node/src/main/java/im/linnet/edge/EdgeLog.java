package im.linnet.edge;

import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.RingSettings;
import im.linnet.edge.ops.PublishMeters;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.KafkaAppliedOffsets;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.RecordHandler;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.Publisher;
import im.linnet.log.tail.KafkaLogScanner;
import im.linnet.log.tail.TailMeters;
import im.linnet.log.tail.TailReader;
import im.linnet.log.tail.TailSettings;
import im.linnet.log.topics.LogOffsets;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.RecordReader;
import im.linnet.records.ViewState;
import im.linnet.schemas.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Kafka clients of an edge: publisher, tail, scanner, followers. */
final class EdgeLog {
  /** Kafka takes no longer for what is under way; the whole stop has 10 s. */
  private static final Duration PUBLISHER_CLOSE = Duration.ofSeconds(3);

  private static final Duration CATCH_UP = Duration.ofMinutes(5);
  private static final Duration PASS = Duration.ofSeconds(30);
  private static final Duration SCAN_TIME = Duration.ofSeconds(10);
  private static final long SCAN_BYTES = 32L << 20;

  private final EdgeConfig config;
  private final MeterRegistry registry;
  private final KafkaSettings settings;
  private final TopicCatalogue catalogue;
  private final Closers closers;
  private final TopicAdmin admin;
  private final KafkaPublisher publisher;
  private final String logId;
  private final KafkaAppliedOffsets applied;

  /** Connects, checks the topics and the view, starts to publish. Blocks, bounded. */
  EdgeLog(
      EdgeConfig config,
      KafkaSettings settings,
      TopicCatalogue catalogue,
      RecordReader store,
      MeterRegistry registry,
      Closers closers) {
    this.config = config;
    this.registry = registry;
    this.settings = settings;
    this.catalogue = catalogue;
    this.closers = closers;
    this.admin = TopicAdmin.open(settings);
    closers.add("admin", admin);
    admin.requireMatching(catalogue);
    this.logId = admin.clusterId();
    ViewState view = store.state();
    if (!view.logId().equals(logId)) {
      throw new IllegalStateException(
          "the store is a view of the log " + view.logId() + ", not of " + logId);
    }
    store.advance(view.storeTime());
    this.applied =
        new KafkaAppliedOffsets(settings, admin.offsets(), view.id(), view.next(), store::advance);
    applied.start();
    closers.add("applied offsets", applied);
    this.publisher =
        new KafkaPublisher(
            settings,
            catalogue,
            clientId("publisher"),
            Clock.systemUTC(),
            config.publishing().inFlight(),
            new PublishMeters(registry));
    closers.add("publisher", () -> publisher.close(PUBLISHER_CLOSE));
    publisher.start();
  }

  private String clientId(String role) {
    return "linnet-edge-" + config.edge() + "-" + role;
  }

  /** Reads a topic on and on; call {@link #awaitCaughtUp} before relying on it. */
  TopicFollower follow(String topic, int partitions, FollowFrom from, RecordHandler handler) {
    TopicFollower follower =
        new TopicFollower(
            settings,
            admin.offsets(),
            config.edge() + "-" + topic,
            LogPartition.all(topic, partitions),
            from,
            handler);
    follower.start();
    closers.add(topic, follower);
    return follower;
  }

  /**
   * Reads partitions of one topic to their ends of now. Blocks, {@link #PASS} at most.
   *
   * @throws IllegalStateException if that takes longer, or is interrupted
   */
  void readOnce(List<LogPartition> partitions, FollowFrom from, RecordHandler handler) {
    String topic = partitions.getFirst().topic();
    try (TopicFollower once =
        new TopicFollower(
            settings,
            admin.offsets(),
            config.edge() + "-" + topic + "-once",
            partitions,
            from,
            handler)) {
      once.start();
      awaitCaughtUp(once, topic, PASS);
    }
  }

  /** Blocks until a follower has read all that was there. */
  static void awaitCaughtUp(TopicFollower follower, String topic) {
    awaitCaughtUp(follower, topic, CATCH_UP);
  }

  private static void awaitCaughtUp(TopicFollower follower, String topic, Duration patience) {
    try {
      follower.caughtUp().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(topic + " cannot be read to its end: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + topic, e);
    }
  }

  /** Starts a tail. An edge has one. */
  TailReader startTail() {
    RingSettings kept = config.tail();
    TailReader tail =
        new TailReader(
            settings,
            clientId("tail"),
            catalogue,
            applied,
            new TailSettings(kept.ringBytes(), kept.linger(), kept.filterBytes(), kept.silence()),
            new SecureRandom(),
            new TailMeters(registry));
    tail.start();
    closers.add("tail", tail);
    return tail;
  }

  KafkaLogScanner scanner() {
    return new KafkaLogScanner(settings, catalogue, SCAN_TIME, SCAN_BYTES);
  }

  LogOffsets offsets() {
    return admin.offsets();
  }

  KafkaPublisher publisher() {
    return publisher;
  }

  /** A publisher of records that may be lost, for signals. Blocks, bounded. */
  Publisher signals() {
    KafkaPublisher signals =
        KafkaPublisher.leaderAcked(settings, catalogue, clientId("signals"), Clock.systemUTC());
    closers.add("publisher of signals", () -> signals.close(Duration.ZERO));
    signals.start();
    return signals;
  }

  KafkaAppliedOffsets applied() {
    return applied;
  }

  String logId() {
    return logId;
  }

  TopicCatalogue catalogue() {
    return catalogue;
  }
}
