package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.TestLog;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.testkit.MongoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is killed or stands still. */
@Tag(MongoServer.TAG)
class MongoFaultsIT {
  private static final int RECORDS = 12_000;
  private static final int BATCH = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static MongoServer server;

  @BeforeAll
  static void start() {
    server = MongoServer.own();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aKilledServerLosesNothingOnceThePlanIsRepeated() {
    TestLog log = conversation();
    List<RecordPlan> plans = new ArrayList<>();
    List<Decoded.Valid<InboxEvent>> records = log.records();
    for (int i = 0; i < records.size(); i += BATCH) {
      plans.add(TestLog.plan(records.subList(i, Math.min(records.size(), i + BATCH))));
    }
    try (MongoRecordStore store = store(Duration.ofSeconds(5))) {
      store.open("log");
      AtomicInteger applied = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      CompletableFuture<Void> applier =
          CompletableFuture.runAsync(
              () -> {
                for (RecordPlan plan : plans) {
                  applyUntilDone(store, plan, refused);
                  applied.incrementAndGet();
                }
              });
      for (int kill = 1; kill <= 2; kill++) {
        int goal = kill * plans.size() / 4;
        await().atMost(PATIENCE).until(() -> applied.get() >= goal || applier.isDone());
        int before = refused.get();
        server.kill();
        // A server that is back soon enough is not missed: the driver waits and tries again.
        await().atMost(PATIENCE).until(() -> refused.get() > before || applier.isDone());
        server.startAgain();
      }
      applier.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

      assertThat(refused).as("kills in the middle of a plan").hasPositiveValue();
      assertThat(store.state().next()).isEqualTo(log.ends());
      try (RecordStore expected = new InMemoryRecordStore()) {
        expected.open("log");
        plans.forEach(expected::apply);
        assertThat(store.digest()).isEqualTo(expected.digest());
      }
    }
  }

  private static void applyUntilDone(RecordStore store, RecordPlan plan, AtomicInteger refused) {
    while (true) {
      try {
        store.apply(plan);
        return;
      } catch (StoreUnavailableException e) {
        refused.incrementAndGet();
      }
    }
  }

  private static TestLog conversation() {
    TestLog log = new TestLog();
    Decoded.Valid<InboxEvent> last = null;
    for (int i = 0; i < RECORDS; i++) {
      if (i % 10 == 9 && last != null) {
        log.read("bb", "aa", last);
      } else {
        last = log.p2p("aa", "bb", "m" + i % (RECORDS - 100));
      }
    }
    return log;
  }

  @Test
  void aServerThatStandsStillIsUnavailableInBoundedTime() {
    try (MongoRecordStore store = store(Duration.ofMillis(500))) {
      // Making the collections may take longer than so little patience; it goes on where it was.
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
          .until(() -> store.open("log") != null);
      server.pause();
      try {
        long start = System.nanoTime();
        assertThatThrownBy(() -> store.unread("aa")).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      } finally {
        server.resume();
      }
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
          .untilAsserted(() -> assertThat(store.unread("aa").p2p()).isEmpty());
    }
  }

  private static MongoRecordStore store(Duration timeOut) {
    String uri = MongoFixture.uri(server.uri(), server.freshDatabase());
    return new MongoRecordStore(new MongoSettings(uri, timeOut, timeOut, 4));
  }
}
