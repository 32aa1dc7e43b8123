package im.linnet.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.publish.Appended;
import im.linnet.records.Circle;
import im.linnet.records.CommandId;
import im.linnet.records.Digest;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.RequestStatus;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.StoredRequest;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.MalformedEventException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Persisters on a real broker, with the view in memory. */
class PersisterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestLog log = new TestLog();
  private final AtomicBoolean down = new AtomicBoolean();
  private final InMemoryRecordStore view = new InMemoryRecordStore();
  private final RecordStore store = FlakyStore.before(view, down);

  @AfterEach
  void stop() {
    log.close();
  }

  private Persister start(String instance) {
    return start(instance, new SimpleMeterRegistry());
  }

  private Persister start(String instance, MeterRegistry meters) {
    Persister persister = new Persister(log.config(instance), log.kafka(), store, meters);
    persister.start();
    return persister;
  }

  private static double counted(MeterRegistry meters, String name) {
    return meters.get("linnet.persister." + name).counter().count();
  }

  private void awaitAllIn() {
    await().atMost(PATIENCE).until(() -> log.isAllIn(view.state().next()));
  }

  /** What one applier, alone and undisturbed, makes of the log. */
  private Digest undisturbed() {
    InMemoryRecordStore other = new InMemoryRecordStore();
    other.open(log.id());
    try (Persister persister =
        new Persister(log.config("undisturbed"), log.kafka(), other, new SimpleMeterRegistry())) {
      persister.start();
      await().atMost(PATIENCE).until(() -> log.isAllIn(other.state().next()));
    }
    return other.digest();
  }

  private Map<StreamPartition, Long> announced() {
    Map<StreamPartition, Long> highest = new HashMap<>();
    for (LogRecord record : log.all(Topic.APPLIED, 1)) {
      try {
        Applied applied = AppliedCodec.decode(record.value());
        assertThat(applied.view()).isEqualTo(view.state().id());
        applied.offsets().forEach((place, next) -> highest.merge(place, next, Math::max));
      } catch (MalformedEventException e) {
        throw new AssertionError(e);
      }
    }
    return highest;
  }

  @Test
  void poisonGoesToTheDeadLettersAndThePartitionGoesOn() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Persister persister = start("p1", meters)) {
      log.messages(0, 20, 5);
      Appended poison = log.poison("u0");
      log.messages(20, 20, 5);
      log.readAll("u1");
      awaitAllIn();
      assertThat(view.unread("u0").p2p()).singleElement().extracting("count").isEqualTo(8L);
      assertThat(view.unread("u1").p2p()).isEmpty();
      assertThat(persister.check()).isEmpty();
      assertThat(counted(meters, "malformed")).isEqualTo(1);
      List<LogRecord> buried = log.all(Topic.deadLetters(Topic.P2P), 4);
      assertThat(buried)
          .singleElement()
          .satisfies(
              record -> {
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .isEqualTo("{not json");
                assertThat(record.partition()).isEqualTo(poison.partition());
              });
      await().atMost(PATIENCE).until(() -> announced().equals(log.ends()));
    }
  }

  @Test
  void aViewThatIsBuiltAnewBuriesNothingAgain() {
    try (Persister persister = start("p1")) {
      log.messages(0, 20, 5);
      log.poison("u0");
      awaitAllIn();
      assertThat(persister.check()).isEmpty();
    }
    for (int restart = 0; restart < 2; restart++) {
      undisturbed();
    }
    assertThat(log.all(Topic.deadLetters(Topic.P2P), 4)).hasSize(1);

    log.poison("u0");
    undisturbed();
    assertThat(log.all(Topic.deadLetters(Topic.P2P), 4)).hasSize(2);
  }

  @Test
  void aCopyThatComesAfterARestartIsStillACopy() {
    SimpleMeterRegistry first = new SimpleMeterRegistry();
    try (Persister persister = start("p1", first)) {
      log.messages(0, 3, 1);
      log.poison("u0");
      log.messages(3, 3, 1);
      awaitAllIn();
      assertThat(counted(first, "duplicates")).isZero();
    }
    log.messages(1, 2, 1);
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    try (Persister persister = start("p1", second)) {
      log.messages(4, 3, 1);
      awaitAllIn();
      assertThat(counted(second, "duplicates")).isEqualTo(4);
    }
    assertThat(view.unread("u0").p2p()).singleElement().extracting("count").isEqualTo(7L);
    assertThat(view.digest()).isEqualTo(undisturbed());
  }

  @Test
  void aViewThatIsNewerThanTheLogIsRefusedBeforeAnythingIsWritten() {
    log.messages(0, 20, 5);
    view.open(log.id());
    StreamPartition place = log.ends().keySet().iterator().next();
    long end = log.ends().get(place);
    view.apply(new RecordPlan(List.of(), Map.of(), Map.of(place, end)));
    start("p1").close();
    view.apply(new RecordPlan(List.of(), Map.of(), Map.of(place, end + 1)));
    assertThatThrownBy(() -> start("p2"))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContainingAll("newer than the log", "@" + (end + 1), "drop the view's database");
  }

  @Test
  void storeAwayForAWhileLosesNothing() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Persister persister = start("p1", meters)) {
      log.messages(0, 500, 10);
      awaitAllIn();
      down.set(true);
      log.messages(500, 5_000, 10);
      await().atMost(PATIENCE).until(() -> persister.check().isPresent());
      assertThat(persister.check()).hasValueSatisfying(why -> assertThat(why).contains("down"));
      down.set(false);
      awaitAllIn();
      await().atMost(PATIENCE).until(() -> persister.check().isEmpty());
      assertThat(counted(meters, "retries")).isPositive();
      assertThat(view.unread("u3").p2p()).singleElement().extracting("count").isEqualTo(550L);
    }
    assertThat(view.digest()).isEqualTo(undisturbed());
  }

  @Test
  void storeAwayAtTheStartIsWaitedFor() {
    view.open(log.id());
    down.set(true);
    log.messages(0, 10, 2);
    try (Persister persister = start("p1")) {
      await().atMost(PATIENCE).until(() -> persister.check().isPresent());
      down.set(false);
      awaitAllIn();
      await().atMost(PATIENCE).until(() -> persister.check().isEmpty());
    }
  }

  /** The types of the records under a key in the mutual stream, and the sessions that asked. */
  private List<String> mutual(String key) {
    return log.all(Topic.MUTUAL, TestLog.CATALOGUE.users()).stream()
        .filter(record -> key.equals(utf8(record.key())))
        .map(record -> utf8(record.headers().type()) + " by " + utf8(record.headers().session()))
        .toList();
  }

  private static String utf8(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  private int codeOf(CommandEvent command) {
    CommandId id = new CommandId(command.caller(), command.owner(), command.uuid());
    await().atMost(PATIENCE).until(() -> view.verdicts(List.of(id)).containsKey(id));
    return view.verdicts(List.of(id)).get(id).code();
  }

  @Test
  void commandsAreAnsweredOnceAlsoByTheNextPersister() {
    FriendCommand add = new FriendCommand(FriendAct.ADD, "u1", "aa", "bb", "Hello");
    FriendCommand accept = new FriendCommand(FriendAct.ACCEPT, "u2", "bb", "aa", "");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Persister persister = start("p1", meters)) {
      log.ask(add);
      log.ask(accept);
      assertThat(codeOf(add)).isZero();
      assertThat(codeOf(accept)).isZero();
      assertThat(view.relations("aa").of(Circle.FRIENDS)).containsExactly("bb");
      assertThat(view.requests("bb", 10))
          .extracting(StoredRequest::status)
          .containsExactly(RequestStatus.ACCEPTED);
      assertThat(meters.get("linnet.decider.verdicts").tag("outcome", "taken").counter().count())
          .isEqualTo(2);
      assertThat(persister.check()).isEmpty();
    }
    FriendCommand again = new FriendCommand(FriendAct.ADD, "u3", "bb", "aa", "");
    try (Persister persister = start("p2")) {
      log.ask(add);
      log.ask(again);
      assertThat(codeOf(again)).isEqualTo(4009);
      assertThat(persister.check()).isEmpty();
    }
    assertThat(mutual("aa"))
        .containsExactly(
            "add_friend by session of aa",
            "verdict by session of aa",
            "accept_friend by session of bb",
            "verdict by session of aa");
    assertThat(mutual("bb"))
        .containsExactly(
            "add_friend by session of aa",
            "accept_friend by session of bb",
            "verdict by session of bb",
            "verdict by session of bb");
    assertThat(view.digest()).isEqualTo(undisturbed());
  }

  @Test
  void persistersComeAndGoUnderLoad() {
    Persister first = start("p1");
    try {
      log.messages(0, 5_000, 20);
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      Persister second = start("p2", meters);
      try {
        log.messages(5_000, 5_000, 20);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    counted(meters, "records") > 0
                        || !second.lags().isEmpty()
                        || log.isAllIn(view.state().next()));
        log.messages(10_000, 5_000, 20);
        first.close();
        log.messages(15_000, 1_000, 20);
        log.readAll("u7");
        awaitAllIn();
        assertThat(second.check()).isEmpty();
      } finally {
        second.close();
      }
    } finally {
      first.close();
    }
    assertThat(view.digest()).isEqualTo(undisturbed());
  }
}
