package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.NOW;
import static im.linnet.log.tail.TailRecords.P2P;
import static im.linnet.log.tail.TailRecords.bytes;
import static im.linnet.log.tail.TailRecords.message;
import static im.linnet.log.tail.TailRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TailStateTest {
  private static final StreamPartition MUTUAL = new StreamPartition(Stream.MUTUAL, 0);
  private static final StreamPartition TOPIC = new StreamPartition(Stream.TOPIC, 0);

  private final TailMeters meters = new TailMeters(new SimpleMeterRegistry());
  private long nanos;
  private final TailState tail = state(1 << 20);
  private final Sink bb = new Sink();

  private static final class Sink implements RecordSink {
    final List<Long> taken = new ArrayList<>();
    final List<StreamPartition> interrupted = new ArrayList<>();

    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      taken.add(record.record().offset());
    }

    @Override
    public void interrupted(StreamPartition partition) {
      interrupted.add(partition);
    }
  }

  private TailState state(long ringBytes) {
    return state(ringBytes, 1 << 24);
  }

  private TailState state(long ringBytes, long filterBytes) {
    return new TailState(
        new TopicCatalogue(1, 1, 1),
        new TailSettings(ringBytes, Duration.ofNanos(100), filterBytes, Duration.ofSeconds(1)),
        new Random(1),
        () -> nanos,
        meters);
  }

  private static void begin(TailState state, long from, long start) {
    state.retain(0);
    state.takeWanted();
    state.begin(P2P, from, start, start);
  }

  private List<Long> replay(long from) {
    List<Long> seen = new ArrayList<>();
    tail.replay(
        P2P,
        tail.ofKey(bytes("bb")),
        from,
        record -> {
          seen.add(record.record().offset());
          return true;
        });
    return seen;
  }

  @Test
  void topicsAreWantedFromTheStartAndUserPartitionsTogether() {
    assertThat(tail.takeWanted()).containsExactly(TOPIC);
    tail.retain(0);
    assertThat(tail.takeWanted()).containsExactlyInAnyOrder(P2P, MUTUAL);
    tail.retain(0);
    assertThat(tail.takeWanted()).isEmpty();
  }

  @Test
  void lagIsWhatAViewLacksOfBegunPartitions() {
    assertThat(tail.distance(partition -> 0).records()).isZero();
    begin(tail, 10, 10);
    tail.ingest(P2P, record(10, NOW, message("aa", "bb", "u10")));
    tail.advance(P2P, 15);
    assertThat(tail.distance(partition -> 11).records()).isEqualTo(4);
    assertThat(tail.distance(partition -> 15).records()).isZero();
    assertThat(tail.distance(partition -> 20).records()).isZero();
  }

  @Test
  void aViewIsAsLateAsTheOldestRecordThatItLacks() {
    begin(tail, 10, 10);
    assertThat(tail.distance(partition -> 10).millis()).isZero();
    tail.ingest(P2P, record(10, NOW, message("aa", "bb", "u10")));
    tail.ingest(P2P, record(11, NOW + 700, message("aa", "bb", "u11")));
    tail.ingest(P2P, record(13, NOW + 900, message("aa", "bb", "u13")));
    assertThat(tail.distance(partition -> 3)).isEqualTo(new ViewDistance(11, 3, NOW, NOW + 900));
    assertThat(tail.distance(partition -> 11).millis()).isEqualTo(200);
    assertThat(tail.distance(partition -> 13).millis()).isZero();
    assertThat(tail.distance(partition -> 14))
        .isEqualTo(new ViewDistance(0, 14, Long.MAX_VALUE, NOW + 900));
  }

  @Test
  void recordsBelowTheStartFeedOnlyTheFilter() {
    begin(tail, 5, 10);
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.ingest(P2P, record(7, NOW, message("aa", "bb", "u7")));
    assertThat(tail.begun(P2P)).isFalse();
    tail.ingest(P2P, record(10, NOW, message("aa", "bb", "u10")));
    tail.ingest(P2P, record(11, NOW, message("aa", "bb", "u7")));
    tail.ingest(P2P, record(12, NOW, message("aa", "bb", "u12")));

    assertThat(bb.taken).containsExactly(10L, 12L);
    assertThat(replay(10)).containsExactly(10L, 12L);
    assertThat(tail.ringStart(P2P)).isEqualTo(10);
    assertThat(tail.next(P2P)).isEqualTo(13);
    assertThat(meters.duplicates.count()).isEqualTo(1);
  }

  @Test
  void aPartitionBeginsByAnAdvanceTooAndTellsWhoWaits() {
    begin(tail, 5, 10);
    CompletableFuture<Void> begun = tail.whenBegun(P2P);
    tail.advance(P2P, 9);
    assertThat(begun).isNotDone();
    assertThat(tail.next(P2P)).isEqualTo(-1);
    tail.advance(P2P, 12);
    assertThat(begun).isCompleted();
    assertThat(tail.next(P2P)).isEqualTo(12);
  }

  @Test
  void whatWasThereAlreadyFillsTheRingBeforeThePartitionBegins() {
    tail.retain(0);
    tail.takeWanted();
    tail.begin(P2P, 5, 7, 10);
    for (long i = 5; i < 9; i++) {
      tail.ingest(P2P, record(i, NOW, message("aa", "bb", "u" + i)));
    }
    assertThat(tail.begun(P2P)).isFalse();
    tail.advance(P2P, 10);
    assertThat(tail.begun(P2P)).isTrue();
    assertThat(tail.ringStart(P2P)).isEqualTo(7);
    assertThat(replay(7)).containsExactly(7L, 8L);
  }

  @Test
  void dispatchIsByKey() {
    begin(tail, 0, 0);
    Sink cc = new Sink();
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.subscribe(P2P, bytes("cc"), cc);
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    tail.ingest(P2P, record(1, NOW, message("aa", "cc", "2")));
    tail.ingest(P2P, record(2, NOW, message("aa", "dd", "3")));
    tail.unsubscribe(P2P, bytes("cc"));
    tail.ingest(P2P, record(3, NOW, message("aa", "cc", "4")));

    assertThat(bb.taken).containsExactly(0L);
    assertThat(cc.taken).containsExactly(1L);
    assertThat(meters.delivered.count()).isEqualTo(2);
  }

  @Test
  void aRecordSeenBeforeIsIgnored() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    assertThat(bb.taken).containsExactly(0L);
  }

  @Test
  void staleRecordsCountForNobodyNotForTheFilterEither() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    MessageEvent message = message("aa", "bb", "1");
    LogRecord late = record(0, NOW, NOW - 20_001, message, "/p2p/aa/bb", "1");
    tail.ingest(P2P, late);
    tail.ingest(P2P, record(1, NOW, message));
    assertThat(bb.taken).containsExactly(1L);
    assertThat(meters.stale.count()).isEqualTo(1);
  }

  @Test
  void aMalformedRecordIsSkippedAndCounted() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    LogRecord good = record(0, NOW, message("aa", "bb", "1"));
    tail.ingest(P2P, TailRecords.withValue(good, bytes("{\"op\":\"message\"}")));
    assertThat(bb.taken).isEmpty();
    assertThat(replay(0)).isEmpty();
    assertThat(meters.malformed.count()).isEqualTo(1);
  }

  @Test
  void aFirstCopyThatTheApplierRefusesHoldsNothingBack() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    LogRecord good = record(0, NOW, message("aa", "bb", "1"));
    tail.ingest(P2P, TailRecords.withValue(good, bytes("[]")));
    tail.ingest(P2P, record(1, NOW, message("aa", "bb", "1")));
    tail.ingest(P2P, record(2, NOW, message("aa", "bb", "1")));
    assertThat(bb.taken).containsExactly(1L);
  }

  @Test
  void headersThatLieMakeARecordMalformedAndHoldNothingBack() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    MessageEvent other = message("aa", "bb", "2");
    tail.ingest(P2P, record(1, NOW, NOW, other, "/p2p/aa/bb", "1"));
    tail.ingest(P2P, record(2, NOW, NOW, message("aa", "bb", "1"), "/p2p/aa/bb", "2"));
    tail.ingest(P2P, record(3, NOW, other));
    assertThat(bb.taken).containsExactly(0L, 3L);
    assertThat(meters.malformed.count()).isEqualTo(2);
    assertThat(meters.duplicates.count()).isZero();
  }

  @Test
  void whatIsMalformedBeforeTheStartDoesNotStandThere() {
    begin(tail, 5, 10);
    tail.subscribe(P2P, bytes("bb"), bb);
    LogRecord good = record(7, NOW, message("aa", "bb", "1"));
    tail.ingest(P2P, TailRecords.withValue(good, bytes("[]")));
    tail.ingest(P2P, record(10, NOW, message("aa", "bb", "1")));
    assertThat(bb.taken).containsExactly(10L);
  }

  @Test
  void aChainOfCopiesIsHeldBackUntilItBreaks() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    long[] times = {0, 25_000, 50_000, 75_000, 105_001};
    for (int i = 0; i < times.length; i++) {
      tail.ingest(P2P, record(i, NOW + times[i], message("aa", "bb", "1")));
    }
    assertThat(bb.taken).containsExactly(0L, 4L);
    assertThat(meters.duplicates.count()).isEqualTo(3);
  }

  @Test
  void ringsForgetTheOldestOfAllPartitions() {
    TailState small = state(10_000);
    begin(small, 0, 0);
    small.begin(MUTUAL, 0, 0, 0);
    for (long i = 0; i < 10; i++) {
      MessageEvent old = new MessageEvent(Stream.MUTUAL, "m" + i, "aa", "bb", "text", "old");
      small.ingest(MUTUAL, record(i, NOW + i, old));
    }
    for (long i = 0; i < 100; i++) {
      small.ingest(P2P, record(i, NOW + 1_000 + i * 400, message("aa", "bb", "u" + i)));
    }
    assertThat(small.ringStart(MUTUAL)).isEqualTo(10);
    assertThat(small.ringStart(P2P)).isBetween(60L, 95L);
    assertThat(meters.ringBytes.get()).isBetween(5_000L, 10_000L);
    assertThatThrownBy(() -> small.replay(P2P, small.ofKey(bytes("bb")), 0, record -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVisitorThatHasEnoughGoesOnBehindTheLastOne() {
    begin(tail, 0, 0);
    for (long i = 0; i < 10; i++) {
      tail.ingest(P2P, record(i, NOW, message("aa", i % 2 == 0 ? "bb" : "cc", "u" + i)));
    }
    tail.advance(P2P, 12);
    assertThat(tail.replay(P2P, tail.ofKey(bytes("bb")), 1, record -> false)).isEqualTo(3);
    assertThat(tail.replay(P2P, tail.ofKey(bytes("bb")), 3, record -> true)).isEqualTo(12);
    assertThat(tail.replay(P2P, tail.ofKey(bytes("bb")), 20, record -> true)).isEqualTo(20);
  }

  @Test
  void aRestartTellsTheSinksAndBeginsAnew() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    tail.restart(P2P);

    assertThat(bb.interrupted).containsExactly(P2P);
    assertThat(tail.begun(P2P)).isFalse();
    assertThat(tail.takeWanted()).containsExactly(P2P);
    assertThat(tail.begin(P2P, 40, 50, 50)).isTrue();
    tail.ingest(P2P, record(50, NOW, message("aa", "bb", "1")));
    assertThat(bb.taken).containsExactly(0L);
    assertThat(replay(50)).containsExactly(50L);
    assertThat(meters.ringBytes.get()).isPositive();
  }

  @Test
  void whatNobodyNeedsGoesAfterTheLinger() {
    begin(tail, 0, 0);
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    tail.release(0);
    nanos = 99;
    assertThat(tail.expire()).isFalse();
    nanos = 100;
    assertThat(tail.expire()).isTrue();
    assertThat(tail.begun(P2P)).isFalse();
    assertThat(meters.ringBytes.get()).isZero();
    assertThat(tail.begin(P2P, 0, 0, 0)).isFalse();
  }

  @Test
  void anAnswerThatDidNotComeIsAskedForAgain() {
    tail.retain(0);
    assertThat(tail.takeWanted()).contains(P2P);
    tail.askAgain(P2P);
    assertThat(tail.takeWanted()).containsExactly(P2P);
    assertThat(tail.begin(P2P, 0, 0, 0)).isTrue();
    assertThat(tail.begin(P2P, 3, 3, 3)).as("a second answer").isFalse();
  }

  /** Throws at some records, and has its sessions come back by the store. */
  private static final class ThrowingSink implements RecordSink {
    final List<Long> taken = new ArrayList<>();
    final List<StreamPartition> interrupted = new ArrayList<>();
    Predicate<Long> throwsAt = offset -> false;

    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      if (throwsAt.test(record.record().offset())) {
        throw new IllegalStateException("mistake");
      }
      taken.add(record.record().offset());
    }

    @Override
    public void interrupted(StreamPartition partition) {
      interrupted.add(partition);
    }
  }

  @Test
  void aSinkThatThrowsIsToldToResumeAndTheTailGoesOn() {
    begin(tail, 0, 0);
    ThrowingSink throwing = new ThrowingSink();
    throwing.throwsAt = offset -> offset == 1;
    Sink cc = new Sink();
    tail.subscribe(P2P, bytes("bb"), throwing);
    tail.subscribe(P2P, bytes("cc"), cc);
    for (long i = 0; i < 3; i++) {
      tail.ingest(P2P, record(2 * i, NOW, message("aa", "cc", "c" + i)));
      tail.ingest(P2P, record(2 * i + 1, NOW, message("aa", "bb", "b" + i)));
    }
    assertThat(throwing.interrupted).containsExactly(P2P);
    assertThat(throwing.taken).as("it is off the partition").isEmpty();
    assertThat(cc.taken).containsExactly(0L, 2L, 4L);
    assertThat(meters.broken.count()).isEqualTo(1);
    assertThat(tail.next(P2P)).isEqualTo(6);
    assertThat(replay(0)).as("what it missed").containsExactly(1L, 3L, 5L);
  }

  @Test
  void aVisitorThatThrowsTakesNothingFromTheOthers() {
    begin(tail, 0, 0);
    for (long i = 0; i < 4; i++) {
      tail.ingest(P2P, record(i, NOW, message("aa", "bb", "u" + i)));
    }
    ThrowingSink reader = new ThrowingSink();
    reader.throwsAt = offset -> offset == 1;
    assertThatThrownBy(
            () ->
                tail.replay(
                    P2P,
                    tail.ofKey(bytes("bb")),
                    0,
                    record -> {
                      reader.take(record);
                      return true;
                    }))
        .hasMessage("mistake");
    assertThat(reader.taken).containsExactly(0L);
    assertThat(tail.ringStart(P2P)).isZero();
    assertThat(replay(0)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(meters.broken.count()).isZero();
  }

  @Test
  void aRecordThatCannotBeJudgedIsNotMissedByTheRing() {
    begin(tail, 0, 0);
    tail.subscribe(P2P, bytes("bb"), bb);
    LogRecord good = record(1, NOW, message("aa", "bb", "1"));
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "0")));
    tail.ingest(P2P, new LogRecord(good.topic(), 0, 1, NOW, good.key(), good.value(), noHeaders()));
    assertThat(bb.interrupted).containsExactly(P2P);
    tail.ingest(P2P, record(2, NOW, message("aa", "bb", "2")));
    assertThat(tail.ringStart(P2P)).isEqualTo(2);
    assertThat(meters.ringBytes.get()).isPositive();
  }

  @SuppressWarnings("NullAway")
  private static EventHeaders noHeaders() {
    return null;
  }

  @Test
  void aSinkThatAlsoThrowsAtItsEndEndsNothing() {
    begin(tail, 0, 0);
    tail.subscribe(
        P2P,
        bytes("bb"),
        new RecordSink() {
          @Override
          public void take(Decoded.Valid<? extends LogEvent> record) {
            throw new IllegalStateException("mistake");
          }

          @Override
          public void interrupted(StreamPartition partition) {
            throw new IllegalStateException("another");
          }
        });
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "1")));
    tail.subscribe(P2P, bytes("bb"), bb);
    tail.ingest(P2P, record(1, NOW, message("aa", "bb", "2")));
    assertThat(bb.taken).containsExactly(1L);
  }

  @Test
  void aPartitionThatWasQuietForAnHourFillsNoFilters() {
    fillFilters(Duration.ofHours(1));
    assertThat(meters.forgottenEarly.count()).isZero();
  }

  @Test
  void clocksOfBrokersMayDifferBySeconds() {
    fillFilters(Duration.ofSeconds(35));
    assertThat(meters.forgottenEarly.count()).isEqualTo(100);
  }

  /** Too many identities for the filters, the first hundred in a partition that is quiet then. */
  private void fillFilters(Duration quiet) {
    TailState small = state(1 << 20, 20_000);
    begin(small, 0, 0);
    small.begin(MUTUAL, 0, 0, 0);
    for (long i = 0; i < 100; i++) {
      MessageEvent old = new MessageEvent(Stream.MUTUAL, "m" + i, "aa", "bb", "text", "old");
      small.ingest(MUTUAL, record(i, NOW, old));
    }
    for (long i = 0; i < 300; i++) {
      small.ingest(P2P, record(i, NOW + quiet.toMillis(), message("aa", "bb", "u" + i)));
    }
    assertThat(meters.filterBytes.get()).isBetween(16_000L, 17_000L);
    assertThat(small.filtersOverfull()).isEqualTo(meters.forgottenEarly.count() > 0);
  }

  @Test
  void filtersOfAllPartitionsForgetTheOldestWhereTheyAreFullAndSaySo() {
    TailState small = state(1 << 20, 20_000);
    begin(small, 0, 0);
    small.begin(MUTUAL, 0, 0, 0);
    for (long i = 0; i < 100; i++) {
      MessageEvent old = new MessageEvent(Stream.MUTUAL, "m" + i, "aa", "bb", "text", "old");
      small.ingest(MUTUAL, record(i, NOW, old));
    }
    assertThat(small.filtersOverfull()).isFalse();
    for (long i = 0; i < 400; i++) {
      small.ingest(P2P, record(i, NOW + 2_000, message("aa", "bb", "u" + i)));
      assertThat(meters.filterBytes.get()).isLessThanOrEqualTo(20_000);
    }
    assertThat(meters.forgottenEarly.count()).isGreaterThanOrEqualTo(100);
    assertThat(small.filtersOverfull()).isTrue();
    nanos = Duration.ofMinutes(2).toNanos();
    assertThat(small.filtersOverfull()).isFalse();
    small.release(0);
    nanos += 100;
    assertThat(small.expire()).isTrue();
    assertThat(meters.filterBytes.get()).isZero();
  }

  @Test
  void aWatchGetsTheChosenRecordsOfAnyKeyBeforeTheSinkOfTheKey() {
    begin(tail, 0, 0);
    List<String> order = new ArrayList<>();
    tail.watch(RecordChoice.ofTypes(List.of("read")), named("watch", order));
    tail.subscribe(P2P, bytes("bb"), named("bb", order));
    tail.ingest(P2P, record(0, NOW, message("aa", "bb", "u0")));
    tail.ingest(
        P2P,
        record(1, NOW, new ReadEvent(Stream.P2P, "bb", "aa", new Extent.Uuids(List.of("u0")))));
    tail.ingest(
        P2P,
        record(2, NOW, new ReadEvent(Stream.P2P, "cc", "aa", new Extent.Uuids(List.of("u0")))));
    assertThat(order).containsExactly("bb 0", "watch 1", "bb 1", "watch 2");
    tail.restart(P2P);
    assertThat(order).endsWith("watch interrupted", "bb interrupted");
  }

  private static RecordSink named(String name, List<String> order) {
    return new RecordSink() {
      @Override
      public void take(Decoded.Valid<? extends LogEvent> record) {
        order.add(name + " " + record.record().offset());
      }

      @Override
      public void interrupted(StreamPartition partition) {
        order.add(name + " interrupted");
      }
    };
  }
}
