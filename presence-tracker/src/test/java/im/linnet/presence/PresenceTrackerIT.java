package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.PublishException;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tracker on a real broker: the test plays the edges. */
class PresenceTrackerIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 1, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Twice what is promised of a tracker that runs, for a machine that is busy. */
  private static final Duration BOUND = Duration.ofSeconds(15);

  private static final PresenceConfig CONFIG =
      new PresenceConfig(
          "it-1",
          CATALOGUE,
          "tracker:1",
          // As in service: a publisher whose broker was away has to find it again within that.
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          2_000,
          1_000,
          Duration.ofMillis(50));

  private static final int KNOWN_USERS = 40;

  private final TestBroker broker = TestBroker.start(CATALOGUE);
  private final KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
  private final KafkaPublisher publisher =
      new KafkaPublisher(kafka, CATALOGUE, "edges", Clock.systemUTC());
  private final TopicAdmin admin = TopicAdmin.open(kafka);
  private final FakeDirectory directory = new FakeDirectory();
  private final Map<String, PresenceState> published = new ConcurrentHashMap<>();
  private final AtomicInteger records = new AtomicInteger();
  private final TopicFollower presence =
      new TopicFollower(
          kafka,
          admin.offsets(),
          "it",
          LogPartition.all(Topic.PRESENCE, CATALOGUE.users()),
          new FollowFrom.Earliest(),
          this::note);
  private final ScheduledExecutorService hearts = Executors.newSingleThreadScheduledExecutor();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private PresenceTracker tracker = new PresenceTracker(CONFIG, kafka, directory, registry);

  @BeforeEach
  void start() {
    publisher.start();
    presence.start();
    tracker.start();
  }

  @AfterEach
  void stop() {
    hearts.shutdownNow();
    tracker.close();
    presence.close();
    publisher.close();
    admin.close();
    broker.close();
  }

  private void note(LogRecord record) {
    try {
      PresenceState state = PresenceRecords.state(record);
      records.incrementAndGet();
      published.put(state.user(), state);
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private ScheduledFuture<?> beat(String edge, long epoch) {
    EdgeEvent event = new EdgeEvent.Heartbeat(edge, epoch, edge + ":9000", edge + ":8080", 1, 0.1);
    return hearts.scheduleAtFixedRate(() -> publish(event), 0, 300, TimeUnit.MILLISECONDS);
  }

  private void publish(EdgeEvent event) {
    publisher.publish(
        new OutgoingRecord(
            Topic.EDGE,
            event.edge(),
            EdgeEventCodec.encode(event),
            event.type(),
            "e",
            "/edge/" + event.edge(),
            null));
  }

  /**
   * As an edge does: what was refused, since the brokers were just away, is published once they are
   * known again.
   */
  private void publish(SessionEvent event) {
    OutgoingRecord record =
        new OutgoingRecord(
            Topic.SESSION,
            event.user(),
            SessionEventCodec.encode(event),
            event.type(),
            "s",
            "/edge/x",
            null);
    await().atMost(PATIENCE).until(() -> taken(record));
  }

  private boolean taken(OutgoingRecord record) {
    try {
      publisher.publish(record).join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof PublishException refused
          && refused.reason() == PublishException.Reason.OVERLOADED) {
        return false;
      }
      throw e;
    }
  }

  private PresenceStatus status(String user) {
    PresenceState state = published.get(user);
    return state == null ? PresenceStatus.OFFLINE : state.status();
  }

  private boolean storeSays(String user, boolean alive) {
    var entry = directory.entries.get(user);
    return entry != null && entry.alive() == alive;
  }

  @Test
  void sessionsEdgesAndRestarts() {
    // Opened: in the log, in the store, the edge in kvs.
    beat("e1", 1);
    ScheduledFuture<?> second = beat("e2", 1);
    publish(Beats.opened("aa", "s1", "phone", "e1", 1));
    publish(Beats.opened("bb", "s2", "phone", "e2", 1));
    await().atMost(PATIENCE).until(() -> status("aa") == PresenceStatus.ONLINE);
    await().atMost(PATIENCE).until(() -> status("bb") == PresenceStatus.ONLINE);
    await().atMost(PATIENCE).until(() -> storeSays("aa", true) && storeSays("bb", true));
    assertThat(directory.entries.get("aa").edgeAddress()).isEqualTo("e1:9000");
    await()
        .atMost(PATIENCE)
        .until(() -> List.of("e1:9000", "e2:9000").equals(directory.edges.get("tracker:1")));
    assertThat(tracker.check()).isEmpty();

    // Status and close.
    publish(new SessionEvent.Status("aa", PresenceStatus.BUSY));
    await().atMost(PATIENCE).until(() -> status("aa") == PresenceStatus.BUSY);

    // The store is away: presence in Kafka goes on, and the store follows later.
    directory.down = true;
    publish(Beats.closed("aa", "s1", "e1"));
    await().atMost(PATIENCE).until(() -> status("aa") == PresenceStatus.OFFLINE);
    await().atMost(PATIENCE).until(() -> tracker.storeTrouble().isPresent());
    assertThat(tracker.check()).isEmpty();
    assertThat(storeSays("aa", true)).isTrue();
    directory.down = false;
    await().atMost(PATIENCE).until(() -> storeSays("aa", false));

    // A tracker that restarts restores what was, and writes the store again.
    tracker.close();
    directory.entries.clear();
    int before = records.get();
    tracker = new PresenceTracker(CONFIG, kafka, directory, registry);
    tracker.start();
    await().atMost(PATIENCE).until(() -> storeSays("bb", true) && storeSays("aa", false));
    assertThat(records.get()).as("nothing is published anew").isEqualTo(before);

    // An edge falls silent: its sessions end, the other edge's do not.
    publish(Beats.opened("cc", "s3", "phone", "e1", 1));
    await().atMost(PATIENCE).until(() -> status("cc") == PresenceStatus.ONLINE);
    second.cancel(false);
    long silent = System.nanoTime();
    await().atMost(BOUND).until(() -> status("bb") == PresenceStatus.OFFLINE);
    assertThat(Duration.ofNanos(System.nanoTime() - silent))
        .as("not before the time-out, less the age of the last heartbeat")
        .isBetween(Duration.ofSeconds(4), BOUND);
    await().atMost(PATIENCE).until(() -> storeSays("bb", false));
    assertThat(status("cc")).isEqualTo(PresenceStatus.ONLINE);
    await()
        .atMost(PATIENCE)
        .until(() -> List.of("e1:9000").equals(directory.edges.get("tracker:1")));

    // Its epoch is over: a late opened of it is void, one of the next epoch counts.
    publish(Beats.opened("bb", "s2", "phone", "e2", 1));
    beat("e2", 2);
    publish(Beats.opened("bb", "s2", "phone", "e2", 2));
    await().atMost(PATIENCE).until(() -> status("bb") == PresenceStatus.ONLINE);
    assertThat(published.get("bb").sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.epoch()).isEqualTo(2));
  }

  /** A state that no broker takes: its transaction fails each time that it is tried. */
  @Test
  void afterAFailedTransactionOnlyWhatIsNewIsRestored() {
    Counter restored = registry.get("linnet.presence.restored").counter();
    Counter failures = registry.get("linnet.presence.failures").counter();
    beat("e1", 1);
    for (int i = 0; i < KNOWN_USERS; i++) {
      publish(Beats.opened("u" + i, "s" + i, "phone", "e1", 1));
    }
    await().atMost(PATIENCE).until(() -> published.size() == KNOWN_USERS);
    double before = restored.count();
    for (int i = 0; i < 3; i++) {
      publish(
          new SessionEvent.Opened(
              "u0", "large" + i, "d", "e1", 1, "x".repeat(400 << 10), "e1:9000"));
    }
    await().atMost(PATIENCE).until(() -> failures.count() >= 3);
    // The feed that tells how far all is known may be a moment behind the last commit.
    assertThat(restored.count() - before).isLessThan(KNOWN_USERS);
  }

  @Test
  void brokerAwayEndsNobody() {
    beat("e1", 1);
    publish(Beats.opened("aa", "s1", "phone", "e1", 1));
    await().atMost(PATIENCE).until(() -> status("aa") == PresenceStatus.ONLINE);
    broker.stop();
    await().atMost(PATIENCE).until(() -> tracker.check().isPresent());
    broker.startAgain();
    await().atMost(PATIENCE).until(() -> tracker.check().isEmpty());
    publish(Beats.opened("bb", "s2", "phone", "e1", 1));
    await().atMost(PATIENCE).until(() -> status("bb") == PresenceStatus.ONLINE);
    assertThat(status("aa")).isEqualTo(PresenceStatus.ONLINE);
    assertThat(published.get("aa").sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.session()).isEqualTo("s1"));
  }
}
