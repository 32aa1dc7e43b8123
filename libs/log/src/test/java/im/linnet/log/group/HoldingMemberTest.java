package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops that hold because something fails, and lose in the hold what they held for. */
@Timeout(30)
class HoldingMemberTest {
  private static final int FAILURES = 5;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final LogPartition KEPT = new LogPartition(Topic.SESSION, 0);
  private static final LogPartition TAKEN = new LogPartition(Topic.SESSION, 1);

  private final FakeGroup consumer = new FakeGroup();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  HoldingMemberTest() {
    consumer.updateBeginningOffsets(Map.of(kafka(KEPT), 0L, kafka(TAKEN), 0L));
  }

  @Test
  void aGroupLoopGoesOnWhereWhatItCouldNotPlaceIsTakenAway() {
    BatchHandler handler =
        new BatchHandler() {
          @Override
          public Map<LogPartition, Long> positions(Set<LogPartition> partitions)
              throws TransientFailureException {
            if (partitions.contains(TAKEN)) {
              failed.set(true);
              assign(KEPT);
              throw new TransientFailureException("not now", new IllegalStateException());
            }
            return Map.of();
          }

          @Override
          public void handle(List<LogRecord> records, Map<LogPartition, Long> next) {
            records.forEach(record -> seen.add(LogFixture.text(record)));
          }
        };
    try (GroupLoop loop =
        new GroupLoop(
            () -> consumer,
            "test",
            List.of(Topic.SESSION),
            handler,
            LoopListener.NONE,
            new Random(1))) {
      assign(KEPT);
      loop.start();
      append("before");
      awaitSeen(loop::check, "before");
      assign(KEPT, TAKEN);
      awaitLost(TAKEN);
      append("behind");
      awaitSeen(loop::check, "before", "behind");
    }
  }

  @Test
  void aFailureOfTheHandlerStaysInSightWhenAPollFailsInTheHold() {
    AtomicReference<GroupLoop> running = new AtomicReference<>();
    List<Optional<String>> checks = new CopyOnWriteArrayList<>();
    BatchHandler handler =
        new BatchHandler() {
          @Override
          public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
            return Map.of();
          }

          @Override
          public void handle(List<LogRecord> records, Map<LogPartition, Long> next)
              throws TransientFailureException {
            checks.add(running.get().check());
            if (checks.size() <= FAILURES) {
              consumer.setPollException(new KafkaException("lost"));
              throw new TransientFailureException("not now", new IllegalStateException());
            }
            records.forEach(record -> seen.add(LogFixture.text(record)));
          }
        };
    try (GroupLoop loop =
        new GroupLoop(
            () -> consumer,
            "test",
            List.of(Topic.SESSION),
            handler,
            LoopListener.NONE,
            new Random(1))) {
      running.set(loop);
      assign(KEPT);
      loop.start();
      append("one");
      awaitSeen(loop::check, "one");
      assertThat(checks.subList(1, FAILURES + 1))
          .allSatisfy(check -> assertThat(check).isPresent());
    }
  }

  @Test
  void aTransactionalLoopGoesOnWhereWhatItCouldNotRestoreIsTakenAway() {
    Echo handler =
        new Echo() {
          @Override
          public void assigned(Set<Integer> partitions) throws TransientFailureException {
            if (partitions.contains(TAKEN.partition())) {
              failed.set(true);
              assign(KEPT);
              throw new TransientFailureException("not now", new IllegalStateException());
            }
          }
        };
    try (TransactionalLoop loop = transactional(handler, () -> FakeGroup.producer(() -> {}))) {
      assign(KEPT);
      loop.start();
      append("before");
      awaitSeen(loop::check, "before");
      assign(KEPT, TAKEN);
      awaitLost(TAKEN);
      append("behind");
      awaitSeen(loop::check, "before", "behind");
    }
  }

  @Test
  void aTransactionalLoopThatLosesAllAfterAFailureIsInOrder() {
    Runnable failsOnce =
        () -> {
          if (failed.compareAndSet(false, true)) {
            assign();
            throw new KafkaException("lost");
          }
        };
    try (TransactionalLoop loop = transactional(new Echo(), () -> FakeGroup.producer(failsOnce))) {
      assign(KEPT);
      loop.start();
      append("before");
      awaitLost(KEPT);
      await().atMost(SOON).untilAsserted(() -> assertThat(loop.check()).isEmpty());
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aTransactionalLoopWhoseNameIsTakenSaysSoInOneLine() {
    Runnable fenced =
        () -> {
          throw new ProducerFencedException("There is a newer producer with the same id");
        };
    try (TransactionalLoop loop = transactional(new Echo(), () -> FakeGroup.producer(fenced))) {
      assign(KEPT);
      loop.start();
      append("lost");
      awaitReplaced(loop);
    }
  }

  @Test
  void aTransactionalLoopWhoseNameIsTakenAtItsStartSaysSoInOneLine() {
    MockProducer<byte[], byte[]> taken = new MockProducer<>();
    taken.initTransactionException =
        new InvalidProducerEpochException("There is a newer producer with the same id");
    try (TransactionalLoop loop = transactional(new Echo(), () -> taken)) {
      loop.start();
      awaitReplaced(loop);
    }
  }

  private static void awaitReplaced(TransactionalLoop loop) {
    await().atMost(SOON).until(() -> loop.stopped().isDone());
    assertThatThrownBy(() -> loop.stopped().join())
        .cause()
        .isInstanceOfSatisfying(
            InstanceInUseException.class, why -> assertThat(why.atStart()).isFalse())
        .hasMessageContaining("--instance");
  }

  /** Notes what is committed. */
  private class Echo implements TransactionalHandler {
    private List<LogRecord> underWay = List.of();

    @Override
    public void assigned(Set<Integer> partitions) throws TransientFailureException {}

    @Override
    public void revoked(Set<Integer> partitions) {}

    @Override
    public List<OutgoingRecord> handle(List<LogRecord> records) {
      underWay = records;
      return List.of();
    }

    @Override
    public List<OutgoingRecord> tick(long nowMillis) {
      return List.of();
    }

    @Override
    public void committed() {
      underWay.forEach(record -> seen.add(LogFixture.text(record)));
    }
  }

  private TransactionalLoop transactional(
      TransactionalHandler handler, Supplier<Producer<byte[], byte[]>> producers) {
    return new TransactionalLoop(
        () -> consumer,
        producers,
        LogFixture.CATALOGUE,
        Topic.SESSION,
        handler,
        LoopListener.NONE,
        Clock.systemUTC(),
        new Random(1));
  }

  private void awaitLost(LogPartition partition) {
    await()
        .atMost(SOON)
        .until(() -> failed.get() && !consumer.assignment().contains(kafka(partition)));
  }

  private void awaitSeen(Supplier<Optional<String>> check, String... values) {
    await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly(values));
    await().atMost(SOON).untilAsserted(() -> assertThat(check.get()).isEmpty());
  }

  /** The group gives the member these, in one of its next polls. */
  private void assign(LogPartition... partitions) {
    consumer.give(List.of(partitions).stream().map(HoldingMemberTest::kafka).toList());
  }

  private void append(String value) {
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    KEPT.topic(),
                    KEPT.partition(),
                    seen.size(),
                    null,
                    value.getBytes(StandardCharsets.UTF_8))));
  }

  private static TopicPartition kafka(LogPartition partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }
}
