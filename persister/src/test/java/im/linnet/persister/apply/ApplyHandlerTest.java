package im.linnet.persister.apply;

import static im.linnet.persister.apply.Entries.message;
import static im.linnet.persister.apply.Entries.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.group.TransientFailureException;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplyHandlerTest {
  private static final StreamPartition PLACE = new StreamPartition(Stream.P2P, 0);
  private static final LogPartition PARTITION = LogPartition.of(PLACE);

  private final AtomicReference<InMemoryRecordStore> behind =
      new AtomicReference<>(new InMemoryRecordStore());
  private final List<Long> announced = new ArrayList<>();
  private final ApplyHandler handler = handler(replaceable());

  /** A store that is whichever one stands behind it, as a database is. */
  private RecordStore replaceable() {
    return (RecordStore)
        Proxy.newProxyInstance(
            RecordStore.class.getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, args) -> {
              try {
                return method.invoke(behind.get(), args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Consumer<ViewState> guard = view -> {};

  @Test
  void aViewThatCannotBeGoneOnWithIsRefusedAtEachOpening() throws Exception {
    ApplyHandler handler = handler(new InMemoryRecordStore());
    Set<LogPartition> own = Set.of(new LogPartition(Stream.P2P.topic(), 0));
    assertThat(handler.positions(own)).containsValue(0L);
    guard =
        view -> {
          throw new StoreUnusableException("newer than the log");
        };
    assertThatThrownBy(() -> handler.positions(own)).isInstanceOf(StoreUnusableException.class);
    guard =
        view -> {
          throw new LogUnavailableException("no answer", new java.io.IOException("away"));
        };
    assertThatThrownBy(() -> handler.positions(own)).isInstanceOf(TransientFailureException.class);
  }

  private ApplyHandler handler(RecordStore store) {
    Applier applier =
        new Applier(
            Entries.judge(),
            store,
            (dead, why) -> CompletableFuture.completedFuture(null),
            new ApplyMeters(new SimpleMeterRegistry()));
    return new ApplyHandler(
        store,
        "log",
        applier,
        new ApplyHandler.Announcements() {
          @Override
          public void applied(
              String view, Map<StreamPartition, Long> next, @Nullable String storeTime) {
            announced.addAll(next.values());
          }

          @Override
          public void released(Set<StreamPartition> partitions) {
            announced.clear();
          }
        },
        view -> guard.accept(view));
  }

  private static List<LogRecord> records(int from, int to) {
    List<LogRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(record(message("aa", "bb", i), 0, i));
    }
    return records;
  }

  private void handle(int from, int to) throws TransientFailureException {
    handler.handle(records(from, to), Map.of(PARTITION, (long) to));
  }

  @Test
  void batchesFollowEachOther() throws TransientFailureException {
    assertThat(handler.positions(Set.of(PARTITION))).containsEntry(PARTITION, 0L);
    handle(0, 3);
    handle(3, 5);
    assertThat(announced).containsExactly(0L, 3L, 5L);
  }

  @Test
  void aViewThatWasEmptiedMeanwhileIsNotGoneOnWith() throws TransientFailureException {
    handler.positions(Set.of(PARTITION));
    handle(0, 3);
    InMemoryRecordStore emptied = new InMemoryRecordStore();
    emptied.open("log");
    behind.set(emptied);

    assertThatThrownBy(() -> handle(3, 5)).isInstanceOf(StoreUnusableException.class);
    assertThat(emptied.state().next()).isEmpty();
    assertThat(announced).containsExactly(0L, 3L);

    // Given the partition again, it begins where that view is.
    handler.revoked(Set.of(PARTITION));
    assertThat(handler.positions(Set.of(PARTITION))).containsEntry(PARTITION, 0L);
    handle(0, 5);
    assertThat(emptied.state().next()).containsEntry(PLACE, 5L);
  }

  @Test
  void recordsOfAPartitionThatIsSomebodyElsesAreAMistakeOfOurs() throws TransientFailureException {
    handler.positions(Set.of(PARTITION));
    handler.revoked(Set.of(PARTITION));
    assertThatIllegalStateException().isThrownBy(() -> handle(0, 1));
  }
}
