package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaClients;
import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class TransactionalLoopIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private LogFixture log;

  @BeforeEach
  void start() {
    log = new LogFixture();
  }

  @AfterEach
  void close() {
    log.close();
  }

  /** Answers each record with its value, and counts per partition in state that it restores. */
  private class Echo implements TransactionalHandler {
    final Map<Integer, Integer> counts = new ConcurrentHashMap<>();
    final List<String> ticks = new CopyOnWriteArrayList<>();
    volatile boolean ticking;

    @Override
    public void assigned(Set<Integer> partitions) throws TransientFailureException {
      partitions.forEach(partition -> counts.put(partition, 0));
      List<LogPartition> all =
          partitions.stream().map(each -> new LogPartition(Topic.PRESENCE, each)).toList();
      try (TopicFollower restore =
          new TopicFollower(
              log.settings,
              log.admin.offsets(),
              "restore",
              all,
              new FollowFrom.Earliest(),
              record -> counts.merge(record.partition(), 1, Integer::sum))) {
        restore.start();
        LogFixture.done(restore.caughtUp());
      }
    }

    @Override
    public void revoked(Set<Integer> partitions) {
      counts.keySet().removeAll(partitions);
    }

    @Override
    public List<OutgoingRecord> handle(List<LogRecord> records) {
      List<OutgoingRecord> answers = new ArrayList<>();
      for (LogRecord record : records) {
        assertThat(counts).containsKey(record.partition());
        counts.merge(record.partition(), 1, Integer::sum);
        String key = new String(record.key(), StandardCharsets.UTF_8);
        answers.add(LogFixture.record(Topic.PRESENCE, key, LogFixture.text(record)));
      }
      return answers;
    }

    @Override
    public List<OutgoingRecord> tick(long nowMillis) {
      if (!ticking) {
        return List.of();
      }
      ticking = false;
      ticks.add("tick");
      return List.of(LogFixture.record(Topic.EDGE, "e1", "tick"));
    }

    int sum() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private TransactionalLoop loop(String instance, Echo echo) {
    TransactionalLoop loop =
        new TransactionalLoop(
            log.settings,
            LogFixture.CATALOGUE,
            Topic.SESSION,
            "presence",
            instance,
            echo,
            LoopListener.NONE,
            Clock.systemUTC());
    loop.start();
    return loop;
  }

  @Test
  void answersExactlyOnceAcrossARestartAndRestoresItsState() {
    publish(0, 500);
    Echo first = new Echo();
    try (TransactionalLoop loop = loop("one", first)) {
      await().atMost(LONG).until(() -> first.sum() >= 200);
      // Closed somewhere in the middle.
      assertThat(loop.check()).isEmpty();
    }
    publish(500, 1_000);
    Echo second = new Echo();
    try (TransactionalLoop loop = loop("one", second)) {
      await().atMost(LONG).until(() -> second.sum() == 1_000);
      second.ticking = true;
      await().atMost(LONG).until(() -> log.values(Topic.EDGE).equals(List.of("tick")));
      assertThat(loop.check()).isEmpty();
    }
    assertThat(sorted(log.values(Topic.PRESENCE))).isEqualTo(numbers(1_000));
  }

  @Test
  void takesOverFromAnInstanceThatWasKilledInItsTransaction() {
    publish(0, 300);
    // What a killed instance leaves: an open transaction with answers and no offsets.
    var killed = KafkaClients.transactionalProducer(log.settings, "presence-one");
    killed.initTransactions();
    killed.beginTransaction();
    killed.send(
        new ProducerRecord<>(
            Topic.PRESENCE, 0, null, new byte[] {'u'}, "0".getBytes(StandardCharsets.UTF_8)));
    killed.flush();
    Echo echo = new Echo();
    try (TransactionalLoop loop = loop("one", echo)) {
      await().atMost(LONG).until(() -> echo.sum() == 300);
      assertThat(loop.check()).isEmpty();
    }
    killed.close(Duration.ZERO);
    assertThat(sorted(log.values(Topic.PRESENCE))).isEqualTo(numbers(300));
  }

  @Test
  void twoInstancesShareAndEachAnswersOnce() {
    Echo one = new Echo();
    Echo two = new Echo();
    publish(0, 200);
    try (TransactionalLoop first = loop("one", one)) {
      await().atMost(LONG).until(() -> one.sum() == 200);
      try (TransactionalLoop second = loop("two", two)) {
        await().atMost(LONG).until(() -> one.counts.size() == 2 && two.counts.size() == 2);
        publish(200, 600);
        await().atMost(LONG).until(() -> one.sum() + two.sum() == 600);
        assertThat(first.check()).isEmpty();
        assertThat(second.check()).isEmpty();
      }
      publish(600, 800);
      await().atMost(LONG).until(() -> one.sum() == 800);
    }
    assertThat(sorted(log.values(Topic.PRESENCE))).isEqualTo(numbers(800));
  }

  /** An answer that no broker takes: the transaction fails each time that it is tried. */
  @Test
  void triesWhatAlwaysFailsLaterEachTime() {
    publish(0, 1);
    AtomicInteger aborted = new AtomicInteger();
    AtomicInteger revoked = new AtomicInteger();
    Echo echo =
        new Echo() {
          @Override
          public void aborted(Set<Integer> partitions) {
            aborted.addAndGet(partitions.size());
          }

          @Override
          public void revoked(Set<Integer> partitions) {
            revoked.incrementAndGet();
            super.revoked(partitions);
          }

          @Override
          public List<OutgoingRecord> handle(List<LogRecord> records) {
            return List.of(LogFixture.record(Topic.PRESENCE, "aa", "x".repeat(2 << 20)));
          }
        };
    List<Long> bounds = new CopyOnWriteArrayList<>();
    RandomGenerator shortest =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public long nextLong(long origin, long bound) {
            bounds.add(bound - 1);
            return origin;
          }
        };
    try (TransactionalLoop loop =
        new TransactionalLoop(
            () ->
                KafkaClients.groupConsumer(
                    log.settings,
                    "presence-one",
                    "presence",
                    "earliest",
                    10,
                    KafkaClients.GroupPace.PROMPT),
            () -> KafkaClients.transactionalProducer(log.settings, "presence-one"),
            LogFixture.CATALOGUE,
            Topic.SESSION,
            echo,
            LoopListener.NONE,
            Clock.systemUTC(),
            shortest)) {
      loop.start();
      await().atMost(LONG).until(() -> bounds.size() >= 5);
      assertThat(aborted).as("told that a transaction failed").hasPositiveValue();
      assertThat(revoked).as("nothing was taken away").hasValue(0);
    }
    assertThat(bounds).startsWith(100L, 200L, 400L, 800L, 1_600L);
  }

  @Test
  void stopsLoudlyWhenAnotherProcessHasItsName() {
    Echo echo = new Echo();
    publish(0, 10);
    try (TransactionalLoop loop = loop("one", echo)) {
      await().atMost(LONG).until(() -> echo.sum() == 10);
      await()
          .atMost(LONG)
          .until(
              () -> {
                try (var rival = KafkaClients.transactionalProducer(log.settings, "presence-one")) {
                  rival.initTransactions();
                }
                publish(10, 20);
                return loop.stopped().isCompletedExceptionally();
              });
      assertThatThrownBy(loop.stopped()::join).hasCauseInstanceOf(InstanceInUseException.class);
      assertThat(loop.check()).isPresent();
    }
  }

  private void publish(int from, int to) {
    IntStream.range(from, to)
        .mapToObj(i -> log.publish(Topic.SESSION, "user" + i % 10, Integer.toString(i)))
        .toList()
        .forEach(LogFixture::done);
  }

  private static List<Integer> sorted(List<String> values) {
    return values.stream().map(Integer::valueOf).sorted().toList();
  }

  private static List<Integer> numbers(int to) {
    return IntStream.range(0, to).boxed().toList();
  }
}
