package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.NOW;
import static im.linnet.log.tail.TailRecords.message;
import static im.linnet.log.tail.TailRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
  private final DuplicateFilter filter = new DuplicateFilter(new SipHash(1, 2));

  @Test
  void aSecondCopyIsToldWhereTheFirstStands() {
    assertThat(filter.firstOffset(record(5, NOW, message("aa", "bb", "u")))).isEqualTo(5);
    assertThat(filter.firstOffset(record(9, NOW + 20_000, message("aa", "bb", "u")))).isEqualTo(5);
  }

  @Test
  void theSameRecordReadAgainIsNoCopy() {
    LogRecord record = record(5, NOW, message("aa", "bb", "u"));
    filter.firstOffset(record);
    assertThat(filter.firstOffset(record)).isEqualTo(5);
  }

  @Test
  void anotherSenderOrRecipientIsAnotherIdentity() {
    filter.firstOffset(record(5, NOW, message("aa", "bb", "u")));
    assertThat(filter.firstOffset(record(6, NOW, message("ab", "bb", "u")))).isEqualTo(6);
    assertThat(filter.firstOffset(record(7, NOW, message("aa", "cc", "u")))).isEqualTo(7);
    assertThat(filter.firstOffset(record(8, NOW, message("aa", "bb", "v")))).isEqualTo(8);
  }

  @Test
  void aRecordWithoutIdentityIsAlwaysItsOwnFirst() {
    LogRecord record = record(1, NOW, message("aa", "bb", "u"));
    EventHeaders bare = new EventHeaders(record.headers().type(), null, null, null, null);
    for (long offset = 1; offset < 4; offset++) {
      LogRecord anonymous =
          new LogRecord(record.topic(), 0, offset, NOW, record.key(), record.value(), bare);
      assertThat(filter.firstOffset(anonymous)).isEqualTo(offset);
    }
  }

  @Test
  void remembersForTheSpanAtLeastAndNotForEver() {
    Random random = new Random(3);
    Map<String, long[]> first = new HashMap<>();
    long time = NOW;
    for (long offset = 0; offset < 30_000; offset++) {
      time += random.nextInt(10);
      String uuid = "u" + random.nextInt(10_000);
      long found = filter.firstOffset(record(offset, time, message("aa", "bb", uuid)));
      long[] known = first.get(uuid);
      if (known != null && time - known[1] <= DuplicateFilter.SPAN_MILLIS) {
        assertThat(found).as("copy of %s within the span", uuid).isEqualTo(known[0]);
      } else if (known == null || found == offset) {
        assertThat(found).isEqualTo(offset);
        first.put(uuid, new long[] {offset, time});
      } else {
        assertThat(found).as("remembered longer than asked").isEqualTo(known[0]);
      }
    }
    assertThat(filter.size()).isLessThan(12_000);
  }

  @Test
  void forgettingTheOldestFreesItsBytesAndTellsWhatWasStillNeeded() {
    for (long offset = 0; offset < 100; offset++) {
      filter.firstOffset(record(offset, NOW + offset * 1_000, message("aa", "bb", "u" + offset)));
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
    filter.firstOffset(record(1, NOW, message("aa", "bb", "u")));
    filter.firstOffset(record(2, NOW + 10_000, message("aa", "bb", "v")));
    assertThat(filter.forgetOldest(NOW + 30_001)).isZero();
    assertThat(filter.forgetOldest(NOW + 40_000)).isOne();
  }

  @Test
  void aQuietPartitionTakesLittleMemory() {
    filter.firstOffset(record(1, NOW, message("aa", "bb", "u")));
    assertThat(filter.bytes()).isLessThan(1_000);
    for (long offset = 2; offset < 10_000; offset++) {
      filter.firstOffset(record(offset, NOW, message("aa", "bb", "u" + offset)));
    }
    assertThat(filter.bytes() / filter.size()).isBetween(32L, 64L);
  }
}
