package im.linnet.persister.apply;

import static im.linnet.persister.apply.Entries.message;
import static im.linnet.persister.apply.Entries.poison;
import static im.linnet.persister.apply.Entries.readUpTo;
import static im.linnet.persister.apply.Entries.record;
import static im.linnet.persister.apply.Entries.stale;
import static im.linnet.persister.apply.Entries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.Digest;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private static final StreamPartition P0 = new StreamPartition(Stream.P2P, 0);

  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final FlakyWriter flaky = new FlakyWriter(store);
  private final List<LogRecord> buried = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean graveyardClosed;
  private String refused = "";
  private final Applier applier =
      new Applier(Entries.judge(), flaky, this::bury, new ApplyMeters(registry));

  @BeforeEach
  void open() {
    store.open("log");
  }

  private long counted(String name) {
    return (long) registry.get("linnet.persister." + name).counter().count();
  }

  private CompletableFuture<?> bury(LogRecord record, String reason) {
    if (graveyardClosed || record.topic().equals(refused)) {
      return CompletableFuture.failedFuture(new IllegalStateException("no Kafka"));
    }
    assertThat(store.state().next().getOrDefault(P0, 0L))
        .as("dead-lettered before the view moves past it")
        .isLessThanOrEqualTo(record.offset());
    buried.add(record);
    reasons.add(reason);
    return CompletableFuture.completedFuture(null);
  }

  /** A batch that begins where the view is. */
  private void apply(List<LogRecord> records, Map<StreamPartition, Long> next)
      throws DeadLetterException {
    applier.apply(records, next(store.state().next().getOrDefault(P0, 0L)), next);
  }

  private static Map<StreamPartition, Long> next(long offset) {
    return Map.of(P0, offset);
  }

  @Test
  void messagesAndReadMarksReachTheView() throws DeadLetterException {
    apply(
        List.of(record(message("aa", "bb", 1), 0, 0), record(message("aa", "bb", 2), 0, 1)),
        next(2));
    assertThat(store.unread("bb").p2p()).singleElement().extracting("count").isEqualTo(2L);
    apply(List.of(record(readUpTo("bb", "aa", 0, 1), 0, 2)), next(3));
    assertThat(store.unread("bb").p2p()).isEmpty();
    assertThat(store.state().next()).containsEntry(P0, 3L);
  }

  @Test
  void batchThatLeavesAGapStopsTheApplier() throws DeadLetterException {
    apply(List.of(record(message("aa", "bb", 1), 0, 0)), next(1));
    List<LogRecord> later = List.of(record(message("aa", "bb", 9), 0, 9));
    assertThatThrownBy(() -> applier.apply(later, next(9), next(10)))
        .isInstanceOf(StoreUnusableException.class);
    assertThat(store.state().next()).containsEntry(P0, 1L);
  }

  @Test
  void markersAloneMoveTheView() throws DeadLetterException {
    apply(List.of(), next(7));
    assertThat(store.state().next()).containsEntry(P0, 7L);
  }

  @Test
  void malformedIsBuriedAndThePartitionGoesOn() throws DeadLetterException {
    apply(
        List.of(
            record(message("aa", "bb", 1), 0, 0),
            poison(0, 1),
            record(message("aa", "bb", 2), 0, 2)),
        next(3));
    assertThat(buried).extracting(LogRecord::offset).containsExactly(1L);
    assertThat(store.unread("bb").p2p()).singleElement().extracting("count").isEqualTo(2L);
    assertThat(counted("malformed")).isEqualTo(1);
    assertThat(counted("records")).isEqualTo(3);
  }

  @Test
  void whatANewerVersionWroteIsKeptAndCountedApart() throws DeadLetterException {
    LogRecord newer =
        record(
            P0.stream().topic(), "bb", "pinned", utf8("{\"op\":\"pinned\"}"), 0, 1, Entries.TIME);
    apply(List.of(record(message("aa", "bb", 1), 0, 0), newer), next(2));
    assertThat(buried).containsExactly(newer);
    assertThat(reasons).singleElement().asString().contains("rebuild").endsWith("pinned");
    assertThat(counted("unknown")).isEqualTo(1);
    assertThat(counted("malformed")).isZero();
    assertThat(store.state().next()).containsEntry(P0, 2L);
  }

  @Test
  void malformedThatCannotBeBuriedStopsTheBatch() throws DeadLetterException {
    List<LogRecord> batch = List.of(record(message("aa", "bb", 1), 0, 0), poison(0, 1));
    graveyardClosed = true;
    assertThatThrownBy(() -> apply(batch, next(2))).isInstanceOf(DeadLetterException.class);
    assertThat(store.state().next()).isEmpty();
    graveyardClosed = false;
    apply(batch, next(2));
    assertThat(buried).hasSize(1);
    assertThat(store.state().next()).containsEntry(P0, 2L);
  }

  @Test
  void staleIsCountedAndSkipped() throws DeadLetterException {
    apply(List.of(stale(message("aa", "bb", 1), 0, 0)), next(1));
    assertThat(counted("stale")).isEqualTo(1);
    assertThat(buried).isEmpty();
    assertThat(store.unread("bb").p2p()).isEmpty();
    assertThat(store.state().next()).containsEntry(P0, 1L);
  }

  @Test
  void batchIsTriedAgainWithoutBuryingTwice() throws DeadLetterException {
    List<LogRecord> batch = List.of(poison(0, 0), record(message("aa", "bb", 1), 0, 1));
    flaky.down = true;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> apply(batch, next(2))).isInstanceOf(StoreUnavailableException.class);
    }
    flaky.down = false;
    apply(batch, next(2));
    assertThat(buried).hasSize(1);
    assertThat(counted("retries")).isEqualTo(3);
    assertThat(counted("batches")).isEqualTo(1);
    assertThat(store.unread("bb").p2p()).singleElement().extracting("count").isEqualTo(1L);
  }

  @Test
  void onlyWhatIsNotBuriedYetIsTriedAgain() throws DeadLetterException {
    LogRecord other =
        record(Stream.MUTUAL.topic(), "bb", "message", utf8("[]"), 0, 0, Entries.TIME);
    List<LogRecord> batch = List.of(poison(0, 0), poison(0, 1), other);
    refused = Stream.MUTUAL.topic();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> apply(batch, next(2))).isInstanceOf(DeadLetterException.class);
    }
    assertThat(buried).extracting(LogRecord::offset).containsExactly(0L, 1L);
    assertThat(store.state().next()).isEmpty();

    // The other partition is somebody else's now: a smaller batch, the same dead letters.
    apply(List.of(poison(0, 0), poison(0, 1)), next(2));
    assertThat(buried).hasSize(2);
    assertThat(store.state().next()).containsEntry(P0, 2L);
    assertThat(counted("malformed")).isEqualTo(2);
  }

  @Test
  void zombieChangesNothing() throws DeadLetterException {
    List<LogRecord> old = List.of(record(message("aa", "bb", 1), 0, 0));
    apply(old, next(1));
    apply(List.of(record(readUpTo("bb", "aa", 0, 0), 0, 1)), next(2));
    Digest before = store.digest();
    new Applier(Entries.judge(), store, this::bury, new ApplyMeters(new SimpleMeterRegistry()))
        .apply(old, next(0), next(1));
    assertThat(store.digest()).isEqualTo(before);
    assertThat(store.state().next()).containsEntry(P0, 2L);
  }
}
