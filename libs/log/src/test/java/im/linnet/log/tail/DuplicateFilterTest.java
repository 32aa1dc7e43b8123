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
  private final DuplicateFilter filter = new DuplicateFilter(new SipHash(1, 2), 1 << 16);

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
  void aCapForgetsTheOldestOnly() {
    DuplicateFilter small = new DuplicateFilter(new SipHash(1, 2), 80);
    for (long offset = 0; offset < 1_000; offset++) {
      small.firstOffset(record(offset, NOW, message("aa", "bb", "u" + offset)));
    }
    assertThat(small.size()).isLessThanOrEqualTo(90);
    assertThat(small.firstOffset(record(1_000, NOW, message("aa", "bb", "u999")))).isEqualTo(999);
    assertThat(small.firstOffset(record(1_001, NOW, message("aa", "bb", "u1")))).isEqualTo(1_001);
  }
}
