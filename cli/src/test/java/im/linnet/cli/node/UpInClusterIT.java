package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.cli.config.Instance;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.log.KafkaSettings;
import im.linnet.log.group.GroupMembers;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --kafka} beside processes that run on the same cluster already, or come later. */
@Timeout(180)
class UpInClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 2, 1);
  private static final int RECORDS = 40;

  @TempDir Path folder;

  private final TestBroker broker = TestBroker.start(CATALOGUE);
  private final KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
  private long published;

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aViewInMemoryDoesNotStartBesidePersistersAndTakesNothingFromThem() {
    try (InMemoryRecordStore view = new InMemoryRecordStore();
        Persister persister = persister(view)) {
      persister.start();
      publish();
      awaitFull(view);

      try (UpNode up = up("up-1", false, new InMemoryRecordStore())) {
        assertThatThrownBy(up::start)
            .isInstanceOf(StoreUnusableException.class)
            .hasMessageContaining("--mongodb")
            .hasMessageContaining("linnet-persister-persister-1");
      }
      publish();
      awaitFull(view);
    }
  }

  @Test
  void viewsInMemoryAndAPersisterThatComesLaterAllReadEverything() {
    publish();
    InMemoryRecordStore one = new InMemoryRecordStore();
    InMemoryRecordStore other = new InMemoryRecordStore();
    try (UpNode first = up("up-1", false, one);
        UpNode second = up("up-2", false, other);
        InMemoryRecordStore later = new InMemoryRecordStore();
        Persister persister = persister(later)) {
      first.start();
      second.start();
      persister.start();
      publish();

      awaitFull(one);
      awaitFull(other);
      awaitFull(later);
      assertThat(GroupMembers.of(kafka, Persister.GROUP)).hasSize(1);
      assertThat(first.failure()).isNotDone();
      assertThat(second.failure()).isNotDone();
    }
  }

  @Test
  void aSharedViewIsWrittenByAllAndNoTrackerIsFenced() {
    try (InMemoryRecordStore view = new InMemoryRecordStore();
        Persister persister = persister(view);
        PresenceTracker tracker =
            new PresenceTracker(
                PresenceConfig.DEFAULT.withCatalogue(CATALOGUE),
                kafka,
                view,
                new SimpleMeterRegistry());
        UpNode up = up("up-1", true, view)) {
      persister.start();
      tracker.start();
      publish();
      up.start();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(GroupMembers.of(kafka, Persister.GROUP)).hasSize(2);
                assertThat(GroupMembers.of(kafka, PresenceTracker.GROUP)).hasSize(2);
                assertThat(up.check()).isEmpty();
                assertThat(tracker.check()).isEmpty();
              });
      publish();
      awaitFull(view);
      assertThat(tracker.stopped()).isNotDone();
      assertThat(up.failure()).isNotDone();
    }
  }

  private Persister persister(RecordStore view) {
    return new Persister(
        PersisterConfig.DEFAULT.withCatalogue(CATALOGUE), kafka, view, new SimpleMeterRegistry());
  }

  private UpNode up(String name, boolean shared, RecordStore view) {
    AuthSettings auth =
        AuthSettings.ofSecret(
            new SigningSecret(
                "a secret of this test alone, 32 bytes".getBytes(StandardCharsets.US_ASCII)));
    return new UpNode(
        new UpSettings(
            Instance.of(name),
            shared,
            folder,
            null,
            kafka,
            1,
            1,
            Optional.empty(),
            EdgeConfig.of(name, auth)
                .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0)),
            UpSettings.Workers.DEFAULT,
            false,
            null),
        view,
        line -> {});
  }

  /** Records in every partition; no messages, which a view passes all the same. */
  private void publish() {
    try (KafkaPublisher publisher =
        new KafkaPublisher(kafka, CATALOGUE, "test", Clock.systemUTC())) {
      publisher.start();
      for (int i = 0; i < RECORDS; i++) {
        publisher
            .publish(
                new OutgoingRecord(
                    Topic.P2P,
                    "u" + i,
                    "no message".getBytes(StandardCharsets.US_ASCII),
                    "message",
                    Integer.toString(i),
                    "/test",
                    null))
            .join();
        published++;
      }
    }
  }

  /** Until the view has all that was published. */
  private void awaitFull(RecordStore view) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> view.state().next().values().stream().mapToLong(Long::longValue).sum(),
            held -> held >= published);
  }
}
