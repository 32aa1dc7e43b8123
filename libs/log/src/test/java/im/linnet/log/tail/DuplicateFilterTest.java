package im.linnet.log.tail;

import static im.linnet.log.tail.DuplicateFilter.NOWHERE;
import static im.linnet.log.tail.TailRecords.NOW;
import static im.linnet.log.tail.TailRecords.message;
import static im.linnet.log.tail.TailRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MessageEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
  private final DuplicateFilter filter = new DuplicateFilter(new SipHash(1, 2));

  private static LogRecord at(long offset, long millis, String uuid) {
    return record(offset, NOW + millis, message("aa", "bb", uuid));
  }

  @Test
  void aSecondCopyIsToldWhereTheFirstStands() {
    assertThat(filter.lastStanding(at(5, 0, "u"))).isEqualTo(NOWHERE);
    assertThat(filter.lastStanding(at(9, 20_000, "u"))).isEqualTo(5);
    assertThat(filter.lastStanding(at(10, 30_000, "u"))).isEqualTo(5);
    assertThat(filter.lastStanding(at(11, 30_001, "u"))).isEqualTo(NOWHERE);
    assertThat(filter.lastStanding(at(12, 30_002, "u"))).isEqualTo(11);
  }

  @Test
  void aCopyThatStandsThereCountsFromItsOwnTime() {
    filter.lastStanding(at(1, 0, "u"));
    for (int i = 1; i < 9; i++) {
      assertThat(filter.lastStanding(at(i + 1, i * 25_000L, "u"))).isEqualTo(i);
      filter.stand(at(i + 1, i * 25_000L, "u"));
    }
  }

  @Test
  void aClockThatGoesBackHidesNothing() {
    filter.lastStanding(at(1, 20_000, "u"));
    assertThat(filter.lastStanding(at(2, 0, "u"))).isEqualTo(1);
    filter.stand(at(2, 0, "u"));
    assertThat(filter.lastStanding(at(3, 45_000, "u"))).isEqualTo(2);
  }

  @Test
  void theSameRecordReadAgainIsNoCopy() {
    LogRecord record = at(5, 0, "u");
    filter.lastStanding(record);
    assertThat(filter.lastStanding(record)).isEqualTo(NOWHERE);
  }

  @Test
  void anotherSenderOrRecipientIsAnotherIdentity() {
    for (MessageEvent message :
        List.of(
            message("aa", "bb", "u"),
            message("ab", "bb", "u"),
            message("aa", "cc", "u"),
            message("aa", "bb", "v"))) {
      assertThat(filter.lastStanding(record(5, NOW, message))).isEqualTo(NOWHERE);
    }
  }

  @Test
  void aRecordWithoutIdentityIsNoCopy() {
    LogRecord record = at(1, 0, "u");
    EventHeaders bare = new EventHeaders(record.headers().type(), null, null, null, null);
    for (long offset = 1; offset < 4; offset++) {
      LogRecord anonymous =
          new LogRecord(record.topic(), 0, offset, NOW, record.key(), record.value(), bare);
      filter.stand(anonymous);
      assertThat(filter.lastStanding(anonymous)).isEqualTo(NOWHERE);
    }
  }

  @Test
  void remembersForTheSpanExactlyAndForgetsWhatIsOlder() {
    Random random = new Random(3);
    Map<String, long[]> last = new HashMap<>();
    long time = NOW;
    for (long offset = 0; offset < 30_000; offset++) {
      time += random.nextInt(10);
      String uuid = "u" + random.nextInt(10_000);
      LogRecord record = record(offset, time, message("aa", "bb", uuid));
      long[] known = last.get(uuid);
      boolean isCopy = known != null && time - known[1] <= DuplicateFilter.SPAN_MILLIS;
      assertThat(filter.lastStanding(record)).isEqualTo(isCopy ? known[0] : NOWHERE);
      filter.stand(record);
      last.put(uuid, new long[] {offset, time});
    }
    assertThat(filter.size()).isLessThan(12_000);
  }

  @Test
  void forgettingTheOldestFreesItsBytesAndTellsWhatWasStillNeeded() {
    for (long offset = 0; offset < 100; offset++) {
      filter.lastStanding(record(offset, NOW + offset * 1_000, message("aa", "bb", "u" + offset)));
    }
    long before = filter.bytes();
    assertThat(filter.oldestTime()).isBetween(NOW + 59_000, NOW + 79_000);
    int early = filter.forgetOldest(0);
    assertThat(early).isBetween(0, 10);
    assertThat(filter.forgetOldest(0)).isEqualTo(10);
    assertThat(filter.bytes()).isLessThan(before);
    while (filter.oldestTime() < Long.MAX_VALUE) {
      filter.forgetOldest(0);
    }
    assertThat(filter.bytes()).isZero();
    assertThat(filter.size()).isZero();
  }

  @Test
  void whatIsOlderThanTheSpanElsewhereIsNotMissed() {
    filter.lastStanding(record(1, NOW, message("aa", "bb", "u")));
    filter.lastStanding(record(2, NOW + 10_000, message("aa", "bb", "v")));
    assertThat(filter.forgetOldest(NOW + 30_001)).isZero();
    assertThat(filter.forgetOldest(NOW + 40_000)).isOne();
  }

  @Test
  void aQuietPartitionTakesLittleMemory() {
    filter.lastStanding(record(1, NOW, message("aa", "bb", "u")));
    assertThat(filter.bytes()).isLessThan(1_000);
    for (long offset = 2; offset < 10_000; offset++) {
      filter.lastStanding(record(offset, NOW, message("aa", "bb", "u" + offset)));
    }
    assertThat(filter.bytes() / filter.size()).isBetween(32L, 86L);
  }
}
