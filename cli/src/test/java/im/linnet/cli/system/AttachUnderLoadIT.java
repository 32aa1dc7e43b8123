package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.edge.EdgeNode;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.records.RecordStore;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.Settings;
import im.linnet.testkit.MongoServer;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody was away while 10,000 messages came, and connects while 1,000 a second go on coming: all
 * of the 10,000 come, then {@code synced}, and each message arrives exactly once and in order,
 * wherever the view is. One in 20 is of another stream, which has an order of its own. Where it
 * stands still everything comes from the log, since the rings are too small for what was missed.
 */
class AttachUnderLoadIT {
  private static final int ROUNDS = 20;
  private static final int MISSED = 10_000;
  private static final int EACH_MUTUAL = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Room for some 6,000 such messages: fewer than were missed, and still seconds of what goes on
   * coming, which a pass over the log has to fit into.
   */
  private static final Map<String, Object> SMALL_RINGS =
      Map.of("--ring-bytes", 3L << 20, "--spare-users", 1_000);

  private static final SigningSecret SECRET =
      new SigningSecret(
          "a secret of this test alone, of 32 bytes and more".getBytes(StandardCharsets.UTF_8));

  private final Random random = new Random(42);

  @Test
  void theViewInMemoryFollows() throws Exception {
    rounds(new InMemoryRecordStore(5_000_000), true);
  }

  @Test
  void theViewInMemoryStandsStill() throws Exception {
    rounds(new InMemoryRecordStore(5_000_000), false);
  }

  @Test
  @Tag("mongodb")
  void theViewInMongoFollows() throws Exception {
    rounds(mongo(), true);
  }

  @Test
  @Tag("mongodb")
  void theViewInMongoStandsStill() throws Exception {
    rounds(mongo(), false);
  }

  private static RecordStore mongo() {
    MongoServer server = MongoServer.shared();
    return new MongoRecordStore(
        MongoSettings.of(Installation.withDatabase(server.uri(), server.freshDatabase())));
  }

  private void rounds(RecordStore store, boolean persisterRuns) throws Exception {
    try (TestBroker broker = TestBroker.start(TopicCatalogue.EMBEDDED);
        store) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      store.open(broker.clusterId());
      try (Persister persister =
              new Persister(
                  PersisterConfig.DEFAULT.withCatalogue(TopicCatalogue.EMBEDDED),
                  kafka,
                  store,
                  new SimpleMeterRegistry());
          EdgeNode edge =
              new EdgeNode(
                  edgeConfig(persisterRuns),
                  store,
                  kafka,
                  TopicCatalogue.EMBEDDED,
                  new Telemetry(),
                  List.of())) {
        if (persisterRuns) {
          persister.start();
        }
        edge.start();
        List<InetSocketAddress> address =
            List.of(new InetSocketAddress("127.0.0.1", edge.tcpPort()));
        for (int round = 0; round < ROUNDS; round++) {
          round(round, address);
        }
        EdgeCounts counts = EdgeCounts.of(edge.httpPort());
        if (persisterRuns) {
          assertThat(counts.of("attach_store_rounds")).isGreaterThanOrEqualTo(ROUNDS);
          assertThat(counts.of("attach_log_passes")).isZero();
        } else {
          assertThat(counts.of("attach_store_rounds"))
              .as("once for each session: the topics of its user, and no records")
              .isBetween(counts.of("attach_live"), counts.of("attach_live") + ROUNDS);
          assertThat(counts.of("attach_log_passes")).isGreaterThanOrEqualTo(ROUNDS);
        }
      }
    }
  }

  private static EdgeConfig edgeConfig(boolean persisterRuns) {
    EdgeConfig config =
        EdgeConfig.of("edge-under-test", AuthSettings.ofSecret(SECRET))
            .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
    return persisterRuns ? config : Settings.with(config, SMALL_RINGS::get);
  }

  private static String token(String user) {
    return new TokenIssuer(SECRET, ExpectedClaims.ANY, Duration.ofHours(1), Clock.systemUTC())
        .issue(user)
        .token();
  }

  private void round(int round, List<InetSocketAddress> address) throws Exception {
    String away = "away" + round;
    Sent sent = new Sent(away);
    try (StrictUser sender = new StrictUser("sender" + round, address, AttachUnderLoadIT::token);
        StrictUser recipient = new StrictUser(away, address, AttachUnderLoadIT::token);
        ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
      sender.start();
      await().atMost(LIMIT).until(sender::isLive);
      for (int i = 0; i < MISSED; i++) {
        sent.next(sender, "missed " + i);
      }
      await("all are acked").atMost(LIMIT).until(() -> sender.unacked() == 0);

      load.scheduleAtFixedRate(
          () -> {
            for (int i = 0; i < 10; i++) {
              sent.next(sender, "live " + i);
            }
          },
          0,
          10,
          TimeUnit.MILLISECONDS);
      load.schedule(recipient::start, random.nextInt(400), TimeUnit.MILLISECONDS);
      boolean cut = random.nextInt(3) == 0;
      if (cut) {
        load.schedule(recipient::cut, 400 + random.nextInt(400), TimeUnit.MILLISECONDS);
      }
      await("it is live while messages come").atMost(LIMIT).until(recipient::isLive);
      load.schedule(load::shutdown, 300 + random.nextInt(300), TimeUnit.MILLISECONDS);
      assertThat(load.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      await("all are acked").atMost(LIMIT).until(() -> sender.unacked() == 0);
      await("all have come").atMost(LIMIT).until(() -> recipient.receivedCount() >= sent.count());

      assertThat(recipient.violations()).isEmpty();
      assertThat(sender.violations()).isEmpty();
      assertThat(recipient.receivedUnsynced())
          .as("came before `synced` in round " + round)
          .isGreaterThanOrEqualTo(MISSED);
      Map<String, List<String>> received = new HashMap<>();
      recipient
          .received()
          .forEach(
              (uuid, message) ->
                  received.computeIfAbsent(message.kind(), each -> new ArrayList<>()).add(uuid));
      assertThat(received).as("round " + round).isEqualTo(sent.uuids);
    }
  }

  /** What somebody is sent, by kind. One thread at once. */
  private static final class Sent {
    private final Map<String, List<String>> uuids = new HashMap<>();
    private final String to;
    private int count;

    Sent(String to) {
      this.to = to;
    }

    void next(StrictUser sender, String content) {
      String kind = count % EACH_MUTUAL == EACH_MUTUAL - 1 ? "mutual" : "p2p";
      uuids.computeIfAbsent(kind, each -> new ArrayList<>()).add(sender.send(kind, to, content));
      count++;
    }

    int count() {
      return count;
    }
  }
}
