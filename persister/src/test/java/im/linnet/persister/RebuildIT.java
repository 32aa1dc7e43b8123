package im.linnet.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.Batch;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.LogScan;
import im.linnet.persister.apply.Applier;
import im.linnet.persister.apply.ApplyMeters;
import im.linnet.persister.apply.DeadLetterException;
import im.linnet.persister.apply.LogJudge;
import im.linnet.records.Digest;
import im.linnet.records.InboxRecord;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.testkit.CopyCases;
import im.linnet.testkit.MongoServer;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rebuild from a real log, whose records keep the times that a test gives them. */
@Tag(MongoServer.TAG)
class RebuildIT {
  private static final int PAGE = 1_000;

  private final TestLog log = new TestLog(TestBroker.keepingTimes(TestLog.CATALOGUE));
  private final MongoServer mongo = MongoServer.shared();
  private final MongoRecordStore store =
      new MongoRecordStore(
          MongoSettings.of(mongo.uri().replace("/?", "/" + mongo.freshDatabase() + "?")));

  @AfterEach
  void stop() {
    store.close();
    log.close();
  }

  @Test
  void aRebuildMakesNoViewWhereNoneWasBuilt() {
    log.messages(0, 10, 2);
    Rebuild rebuild = new Rebuild(log.kafka(), TestLog.CATALOGUE, store);
    assertThatThrownBy(() -> rebuild.run(progress -> {}))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("there is no view in this database");
    assertThatThrownBy(store::state).isInstanceOf(StoreUnusableException.class);

    store.open(log.id());
    assertThatThrownBy(() -> rebuild.run(progress -> {}))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("the view in this database is empty");
    assertThat(store.state().next()).isEmpty();
  }

  @Test
  void leavesOutTheCopiesThatAnApplierLeavesOut() throws DeadLetterException {
    // Of two topic partitions these keys are in the first.
    List<String> keys = TestLog.usersOf(2, 2);
    Map<Stream, List<CopyCases.Entry>> cases =
        Map.of(
            Stream.P2P, CopyCases.of(Stream.P2P, 2, keys.get(0), keys.get(1)),
            Stream.TOPIC, CopyCases.of(Stream.TOPIC, 0, keys.get(0), keys.get(1)));
    cases.values().forEach(all -> log.append(all.stream().map(CopyCases.Entry::record).toList()));

    store.open(log.id());
    applyAll();
    cases.forEach((stream, all) -> assertThat(delivered(stream, keys)).isEqualTo(counting(all)));
    Digest before = store.digest();
    new Rebuild(log.kafka(), TestLog.CATALOGUE, store).run(progress -> {});
    cases.forEach((stream, all) -> assertThat(delivered(stream, keys)).isEqualTo(counting(all)));
    assertThat(store.digest()).isEqualTo(before);
  }

  private static List<Long> counting(List<CopyCases.Entry> cases) {
    return cases.stream()
        .filter(CopyCases.Entry::counts)
        .map(each -> each.record().offset())
        .toList();
  }

  /** As a persister does, which would refuse a log that keeps times. */
  private void applyAll() throws DeadLetterException {
    Applier applier =
        new Applier(
            new LogJudge(RecordDecoder.ofStreams(TestLog.CATALOGUE), LogJudge.in(log.kafka())),
            store,
            (record, reason) -> CompletableFuture.completedFuture(null),
            new ApplyMeters(new SimpleMeterRegistry()));
    Map<LogPartition, Long> ends = new HashMap<>();
    log.ends().forEach((place, end) -> ends.put(LogPartition.of(place), end));
    Map<StreamPartition, Long> reached = new HashMap<>();
    try (LogScan scan = new LogScan(log.kafka(), "all", Map.of(), ends)) {
      while (!scan.isDone()) {
        Batch batch = scan.next();
        Map<StreamPartition, Long> next = LogPartition.places(batch.next());
        Map<StreamPartition, Long> from = new HashMap<>();
        next.keySet().forEach(place -> from.put(place, reached.getOrDefault(place, 0L)));
        applier.apply(batch.records(), from, next);
        reached.putAll(next);
      }
    }
  }

  private List<Long> delivered(Stream stream, List<String> keys) {
    return keys.stream()
        .flatMap(key -> store.delivered(stream, key, -1, Long.MAX_VALUE, PAGE).stream())
        .map(InboxRecord::offset)
        .sorted()
        .toList();
  }
}
