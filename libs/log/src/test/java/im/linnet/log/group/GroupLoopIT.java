package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import im.linnet.log.KafkaClients;
import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class GroupLoopIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int GATHER = 25;
  private static LogFixture log;

  @BeforeAll
  static void start() {
    log = new LogFixture();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  /** A view shared by several members: idempotent by offset, and now and then out of reach. */
  private static final class View {
    final Map<LogPartition, Long> next = new ConcurrentHashMap<>();
    final Map<LogPartition, List<String>> values = new ConcurrentHashMap<>();
    final AtomicBoolean down = new AtomicBoolean();
    final AtomicInteger repeats = new AtomicInteger();

    synchronized void apply(List<LogRecord> records, Map<LogPartition, Long> to)
        throws TransientFailureException {
      if (down.get()) {
        throw new TransientFailureException("the view is down", new IllegalStateException());
      }
      for (LogRecord record : records) {
        LogPartition place = new LogPartition(record.topic(), record.partition());
        long expected = next.getOrDefault(place, 0L);
        if (record.offset() < expected) {
          repeats.incrementAndGet();
          continue;
        }
        assertThat(record.offset()).isEqualTo(expected);
        next.put(place, expected + 1);
        values.computeIfAbsent(place, any -> new ArrayList<>()).add(LogFixture.text(record));
      }
      to.forEach((place, offset) -> next.merge(place, offset, Math::max));
    }

    synchronized int size() {
      return values.values().stream().mapToInt(List::size).sum();
    }
  }

  private static class Member implements BatchHandler {
    final View view;
    final Set<LogPartition> owned = ConcurrentHashMap.newKeySet();
    final AtomicInteger failures = new AtomicInteger();

    Member(View view) {
      this.view = view;
    }

    @Override
    public Map<LogPartition, Long> positions(Set<LogPartition> partitions)
        throws TransientFailureException {
      if (view.down.get()) {
        failures.incrementAndGet();
        throw new TransientFailureException("the view is down", new IllegalStateException());
      }
      owned.addAll(partitions);
      return new HashMap<>(view.next);
    }

    @Override
    public void handle(List<LogRecord> records, Map<LogPartition, Long> next)
        throws TransientFailureException {
      try {
        view.apply(records, next);
      } catch (TransientFailureException e) {
        failures.incrementAndGet();
        throw e;
      }
    }

    @Override
    public void revoked(Set<LogPartition> partitions) {
      owned.removeAll(partitions);
    }
  }

  private static GroupLoop loop(String topic, String group, String instance, Member member) {
    GroupLoop loop =
        new GroupLoop(
            log.settings, group, instance, List.of(topic), 100, GATHER, member, LoopListener.NONE);
    loop.start();
    return loop;
  }

  @Test
  void losesNothingWhileTheStoreIsDownAndMembersComeAndGo() {
    View view = new View();
    Member first = new Member(view);
    Member second = new Member(view);
    publish(0, 1_000);
    try (GroupLoop one = loop(Topic.P2P, "view", "one", first)) {
      await().atMost(LONG).until(() -> view.size() == 1_000);
      view.down.set(true);
      publish(1_000, 2_000);
      await().atMost(LONG).until(() -> first.failures.get() >= 3);
      assertThat(one.check())
          .hasValueSatisfying(line -> assertThat(line).contains("the view is down"));
      // A member that joins meanwhile cannot place its partitions either.
      try (GroupLoop two = loop(Topic.P2P, "view", "two", second)) {
        await().atMost(LONG).until(() -> second.failures.get() >= 2);
        view.down.set(false);
        await().atMost(LONG).until(() -> view.size() == 2_000);
        await().atMost(LONG).until(() -> first.owned.size() == 2 && second.owned.size() == 2);
        publish(2_000, 3_000);
        await().atMost(LONG).until(() -> view.size() == 3_000);
        assertThat(one.check()).isEmpty();
        assertThat(two.check()).isEmpty();
      }
      assertThat(second.owned).isEmpty();
      publish(3_000, 4_000);
      await().atMost(LONG).until(() -> view.size() == 4_000);
      assertThat(first.owned).hasSize(4);
      assertThat(one.stopped()).isNotDone();
    }
    Set<Integer> all = new TreeSet<>();
    view.values.values().forEach(part -> part.forEach(value -> all.add(Integer.valueOf(value))));
    assertThat(all).containsExactlyElementsOf(IntStream.range(0, 4_000).boxed().toList());
    // Positions are the view's, so nothing came twice although members came and went.
    assertThat(view.repeats).hasValue(0);
  }

  @Test
  void stopsLoudlyWhereTheLogLacksWhatTheViewNeeds() throws Exception {
    log.publishNumbers(Topic.MUTUAL, "aa", 0, 10);
    int partition = log.publisher.partition(Topic.MUTUAL, "aa");
    try (var kafka = log.kafka()) {
      kafka
          .deleteRecords(
              Map.of(new TopicPartition(Topic.MUTUAL, partition), RecordsToDelete.beforeOffset(6)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
    View view = new View();
    view.next.put(new LogPartition(Topic.MUTUAL, partition), 2L);
    try (GroupLoop loop = loop(Topic.MUTUAL, "behind", "one", new Member(view))) {
      ExecutionException stopped =
          assertThrows(ExecutionException.class, () -> loop.stopped().get(60, TimeUnit.SECONDS));
      assertThat(stopped)
          .hasCauseInstanceOf(BrokenPositionException.class)
          .hasMessageContaining("is to go on at 2 but the log begins at 6")
          .hasMessageContaining("the records 2 to 5 were deleted");
      assertThat(loop.check()).isPresent();
    }
  }

  @Test
  void stopsLoudlyWhenTheHandlerIsBroken() {
    log.publishNumbers(Topic.PROFILE, "aa", 0, 3);
    GroupLoop loop =
        new GroupLoop(
            log.settings,
            "broken",
            "one",
            List.of(Topic.PROFILE),
            100,
            GATHER,
            new BatchHandler() {
              @Override
              public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
                return Map.of();
              }

              @Override
              public void handle(List<LogRecord> records, Map<LogPartition, Long> next) {
                throw new IllegalStateException("a bug");
              }
            },
            LoopListener.NONE);
    try (loop) {
      loop.start();
      await().atMost(LONG).until(() -> loop.stopped().isCompletedExceptionally());
      assertThat(loop.check()).hasValueSatisfying(line -> assertThat(line).contains("a bug"));
    }
  }

  private static void publish(int from, int to) {
    for (int key = 0; key < 10; key++) {
      int offset = key;
      IntStream.range(from, to)
          .filter(i -> i % 10 == offset)
          .mapToObj(i -> log.publish(Topic.P2P, "user" + offset, Integer.toString(i)))
          .toList()
          .forEach(LogFixture::done);
    }
  }

  @Test
  void aNameIsTakenWhileItsHolderLivesAndFreeSoonAfterItsDeath() {
    String group = "sole";
    Duration session = Duration.ofMillis(KafkaClients.GroupPace.PROMPT.sessionTimeoutMillis());
    GroupMembers.requireNone(log.settings, group, "p1", session);
    try (Consumer<byte[], byte[]> holder = member(group, "p1")) {
      await()
          .atMost(LONG)
          .until(
              () -> {
                holder.poll(Duration.ofMillis(100));
                return !holder.assignment().isEmpty();
              });
      InstanceInUseException refused =
          assertThrows(
              InstanceInUseException.class,
              () -> GroupMembers.requireNone(log.settings, group, "p1", Duration.ZERO));
      assertThat(refused).hasMessageContaining("'p1'").hasMessageContaining("--instance");
      assertThat(refused.atStart()).isTrue();
      GroupMembers.requireNone(log.settings, group, "p2", session);
      // As after a kill: nobody says goodbye, no heartbeat comes any more.
      holder.close(
          CloseOptions.groupMembershipOperation(
              CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }
    assertThat(GroupMembers.of(log.settings, group)).hasSize(1);
    GroupMembers.requireNone(log.settings, group, "p1", session);
    assertThat(GroupMembers.of(log.settings, group)).isEmpty();
  }

  private static Consumer<byte[], byte[]> member(String group, String instance) {
    Consumer<byte[], byte[]> member =
        KafkaClients.groupConsumer(
            log.settings, group, instance, "earliest", 10, KafkaClients.GroupPace.PROMPT);
    member.subscribe(List.of(Topic.P2P));
    return member;
  }

  @Test
  void whoIsReplacedByAnotherOfItsNameStopsLoudly() throws Exception {
    Member first = new Member(new View());
    Member second = new Member(new View());
    try (GroupLoop older = loop(Topic.P2P, "twins", "p1", first)) {
      await().atMost(LONG).until(() -> !first.owned.isEmpty());
      try (GroupLoop newer = loop(Topic.P2P, "twins", "p1", second)) {
        ExecutionException stopped =
            assertThrows(ExecutionException.class, () -> older.stopped().get(60, TimeUnit.SECONDS));
        assertThat(stopped.getCause())
            .isInstanceOfSatisfying(
                InstanceInUseException.class, why -> assertThat(why.atStart()).isFalse())
            .hasMessageContaining("--instance");
        await().atMost(LONG).until(() -> !second.owned.isEmpty());
        assertThat(newer.check()).isEmpty();
      }
    }
  }

  @Test
  void aMemberIsToldHowFarTheGroupHasHandledItsPartitions() {
    View view = new View();
    log.publishNumbers(Topic.TOPIC, "told", 0, 30);
    LogPartition place =
        new LogPartition(Topic.TOPIC, log.publisher.partition(Topic.TOPIC, "told"));
    Map<LogPartition, Long> told = new ConcurrentHashMap<>();
    for (int life = 0; life < 2; life++) {
      told.clear();
      Member member =
          new Member(view) {
            @Override
            public void handledBefore(Map<LogPartition, Long> next) {
              told.putAll(next);
            }
          };
      try (GroupLoop loop = loop(Topic.TOPIC, "told", "p1", member)) {
        await()
            .atMost(LONG)
            .until(() -> view.next.getOrDefault(place, 0L) == 30 && told.containsKey(place));
        assertThat(loop.check()).isEmpty();
      }
    }
    assertThat(told).containsEntry(place, 30L);
  }
}
