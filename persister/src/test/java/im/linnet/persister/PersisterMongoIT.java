package im.linnet.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.group.GroupMembers;
import im.linnet.records.Digest;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.testkit.MongoServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A persister on a real broker and a real MongoDB. */
@Tag(MongoServer.TAG)
class PersisterMongoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestLog log = new TestLog();
  private final MongoServer mongo = MongoServer.own();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MongoRecordStore store =
      new MongoRecordStore(
          new MongoSettings(
              mongo.uri().replace("/?", "/" + mongo.freshDatabase() + "?"),
              Duration.ofSeconds(2),
              Duration.ofSeconds(3),
              16));

  @AfterEach
  void stop() {
    store.close();
    mongo.close();
    log.close();
  }

  private Persister start() {
    Persister persister = new Persister(log.config("p1"), log.kafka(), store, meters);
    persister.start();
    return persister;
  }

  private double records() {
    return meters.get("linnet.persister.records").counter().count();
  }

  private void awaitAllIn() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> log.isAllIn(store.state().next()));
  }

  @Test
  void killsPausesAndARebuildLoseNothing() {
    try (Persister persister = start()) {
      log.messages(0, 3_000, 10);
      mongo.kill();
      log.messages(3_000, 3_000, 10);
      await().atMost(PATIENCE).until(() -> persister.check().isPresent());
      mongo.startAgain();
      awaitAllIn();
      await().atMost(PATIENCE).until(() -> persister.check().isEmpty());

      mongo.pause();
      log.messages(6_000, 1_000, 10);
      await().atMost(PATIENCE).until(() -> persister.check().isPresent());
      mongo.resume();
      log.readAll("u3");
      awaitAllIn();
    }

    // The persister is stopped while there is more to apply, the next one goes on behind its last
    // batch. (What a killed one leaves half-written is the system test's.)
    double handled = records();
    try (Persister persister = start()) {
      log.messages(7_000, 5_000, 10);
      await().atMost(PATIENCE).until(() -> records() > handled);
    }
    try (Persister persister = start()) {
      log.poison("u1");
      log.messages(12_000, 10, 10);
      log.messages(12_004, 1, 10);
      awaitAllIn();
      assertThat(store.unread("u1").p2p()).singleElement().extracting("count").isEqualTo(1_000L);
      assertThat(store.unread("u3").p2p()).singleElement().extracting("count").isEqualTo(501L);
      assertThatThrownBy(
              () -> new Rebuild(log.kafka(), TestLog.CATALOGUE, store).run(progress -> {}))
          .isInstanceOf(RebuildRefusedException.class)
          .hasMessageContaining("stop the persisters first");
    }

    Digest before = store.digest();
    await().atMost(PATIENCE).until(() -> GroupMembers.of(log.kafka(), Persister.GROUP).isEmpty());
    List<Rebuild.Progress> progress = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new Rebuild(log.kafka(), TestLog.CATALOGUE, store)
                    .run(
                        step -> {
                          if (step.done() > 0) {
                            throw new IllegalStateException("cut short");
                          }
                        }))
        .hasMessage("cut short");
    assertThat(store.digest()).as("nothing is swapped half-way").isEqualTo(before);
    new Rebuild(log.kafka(), TestLog.CATALOGUE, store).run(progress::add);
    assertThat(progress.getFirst().done()).as("goes on where it was").isPositive();
    assertThat(progress.getLast().done()).isEqualTo(progress.getLast().total());
    assertThat(store.digest()).isEqualTo(before);
    assertThat(log.isAllIn(store.state().next())).isTrue();
  }
}
