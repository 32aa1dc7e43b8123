package im.linnet.log.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaClients;
import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedAnnouncer;
import im.linnet.log.applied.KafkaAppliedOffsets;
import im.linnet.log.publish.Appended;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TopicFollowerIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static LogFixture log;

  @BeforeAll
  static void start() {
    log = new LogFixture();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @Test
  void seesAllThatWasThereAndAllThatComes() {
    log.publishNumbers(Topic.SESSION, "aa", 0, 100);
    List<String> seen = new CopyOnWriteArrayList<>();
    try (TopicFollower follower = follower(Topic.SESSION, new FollowFrom.Earliest(), seen)) {
      LogFixture.done(follower.caughtUp());
      assertThat(seen).hasSize(100).first().isEqualTo("0");
      log.publishNumbers(Topic.SESSION, "aa", 100, 200);
      LogFixture.done(follower.awaitEnd(LONG));
      assertThat(seen).hasSize(200).last().isEqualTo("199");
      Appended place = LogFixture.done(log.publish(Topic.SESSION, "bb", "200"));
      LogFixture.done(
          follower.await(new LogPartition(Topic.SESSION, place.partition()), place.offset(), LONG));
      assertThat(seen).hasSize(201).last().isEqualTo("200");
      assertThat(follower.check()).isEmpty();
    }
  }

  @Test
  void fromTheEndItSeesOnlyWhatComesAndGoesOnAfterABrokersRestart() {
    log.publishNumbers(Topic.EDGE, "e1", 0, 10);
    List<String> seen = new CopyOnWriteArrayList<>();
    try (TopicFollower follower = follower(Topic.EDGE, new FollowFrom.Latest(), seen)) {
      LogFixture.done(follower.caughtUp());
      log.publishNumbers(Topic.EDGE, "e1", 10, 20);
      LogFixture.done(follower.awaitEnd(LONG));
      log.broker.restart();
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(
              () -> log.publish(Topic.EDGE, "e1", "20").get(20, TimeUnit.SECONDS).offset() >= 20);
      LogFixture.done(follower.awaitEnd(LONG));
      assertThat(seen).startsWith("10").contains("19", "20").doesNotContain("9");
      assertThat(seen.subList(0, 10)).isEqualTo(numbers(10, 20));
    }
  }

  @Test
  void waitsForTransactionsThatAreOpen() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (TopicFollower follower = follower(Topic.PRESENCE, new FollowFrom.Earliest(), seen);
        var producer = KafkaClients.transactionalProducer(log.settings, "open")) {
      LogFixture.done(follower.caughtUp());
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              Topic.PRESENCE, 1, null, "in".getBytes(StandardCharsets.UTF_8), new byte[] {'1'}));
      producer.flush();
      CompletableFuture<Void> end = follower.awaitEnd(LONG);
      assertThatThrownBy(() -> end.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(seen).isEmpty();
      producer.commitTransaction();
      LogFixture.done(end);
      assertThat(seen).containsExactly("1");
      // The marker behind the record is passed, too.
      LogFixture.done(follower.awaitEnd(LONG));
    }
  }

  @Test
  void goesOnAtWhatRetentionLeftAndPassesOverARecordAtWhichTheHandlerFails() throws Exception {
    log.publishNumbers(Topic.COMMAND, "aa", 0, 10);
    LogPartition place =
        new LogPartition(Topic.COMMAND, log.publisher.partition(Topic.COMMAND, "aa"));
    try (var kafka = log.kafka()) {
      kafka
          .deleteRecords(
              Map.of(
                  new TopicPartition(place.topic(), place.partition()),
                  RecordsToDelete.beforeOffset(6)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
    List<String> seen = new CopyOnWriteArrayList<>();
    try (TopicFollower follower =
        new TopicFollower(
            log.settings,
            log.admin.offsets(),
            "retention",
            List.of(place),
            new FollowFrom.Earliest(),
            record -> {
              if (record.offset() == 7) {
                throw new IllegalStateException("cannot take 7");
              }
              seen.add(LogFixture.text(record));
            })) {
      follower.start();
      LogFixture.done(follower.caughtUp());
      assertThat(seen).containsExactly("6", "8", "9");
      assertThat(follower.skipped()).isOne();
      assertThat(follower.check()).isEmpty();
    }
  }

  @Test
  void knowsHowFarTheViewIs() {
    StreamPartition place = new StreamPartition(Stream.P2P, 1);
    StreamPartition other = new StreamPartition(Stream.P2P, 2);
    List<String> times = new CopyOnWriteArrayList<>();
    try (KafkaAppliedOffsets applied =
            new KafkaAppliedOffsets(
                log.settings, log.admin.offsets(), "v1", Map.of(place, 5L), times::add);
        AppliedAnnouncer elsewhere = new AppliedAnnouncer(log.publisher, "p3-apply", "v1");
        AppliedAnnouncer ours = new AppliedAnnouncer(log.publisher, "p1-apply", "v1");
        AppliedAnnouncer others = new AppliedAnnouncer(log.publisher, "p2-apply", "v2")) {
      assertThat(applied.applied(place)).isEqualTo(5);
      assertThat(applied.view()).isEqualTo("v1");
      applied.start();
      ours.start();
      others.start();
      CompletableFuture<Void> waits = applied.await(place, 9, LONG);
      assertThat(applied.await(place, 4, LONG)).isCompleted();
      others.applied(Map.of(place, 500L), "t500");
      ours.applied(Map.of(place, 6L, other, 1L), "t1");
      ours.applied(Map.of(place, 9L), "t2");
      ours.applied(Map.of(place, 10L), "t3");
      LogFixture.done(waits);
      // The first announcement may have been before the follower's start; it is repeated.
      LogFixture.done(applied.await(other, 0, LONG));
      assertThat(applied.applied(place)).isEqualTo(10);
      assertThat(applied.applied(other)).isEqualTo(1);
      assertThat(times).endsWith("t3").doesNotContain("t500");
      elsewhere.applied(Map.of(other, 2L), "t2 of another persister");
      LogFixture.done(applied.await(other, 1, LONG));
      assertThat(times).contains("t3", "t2 of another persister");
      CompletableFuture<Void> late = applied.await(place, 10, Duration.ofMillis(50));
      assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(applied.check()).isEmpty();
    }
  }

  private static TopicFollower follower(String topic, FollowFrom from, List<String> seen) {
    TopicFollower follower =
        new TopicFollower(
            log.settings,
            log.admin.offsets(),
            topic,
            LogFixture.partitions(topic),
            from,
            record -> seen.add(LogFixture.text(record)));
    follower.start();
    return follower;
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
