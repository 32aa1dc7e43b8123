package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;
import org.junit.jupiter.api.Test;

class InboxIdTest {
  private static final byte[] VALUE = {1};

  @Test
  void anIdSaysWhereItsRecordStands() {
    for (long offset : new long[] {0, 9, 812, Long.MAX_VALUE}) {
      InboxRecord record = new InboxRecord(Stream.MUTUAL, "a.b@c-d_e", 63, offset, 5, VALUE);
      assertThat(InboxId.record(InboxId.of(record), 5, VALUE)).isEqualTo(record);
      assertThat(InboxId.offset(InboxId.of(record))).isEqualTo(offset);
    }
  }

  @Test
  void idsSortAsOffsetsDo() {
    String nine = InboxId.of(new InboxRecord(Stream.P2P, "aa", 7, 9, 5, VALUE));
    assertThat(nine)
        .isGreaterThan(LogId.of(InboxId.prefix(Stream.P2P, "aa"), 9))
        .isLessThan(LogId.of(InboxId.prefix(Stream.P2P, "aa"), 10));
  }

  @Test
  void anIdOfSomebodyElsesIsRefused() {
    assertThatThrownBy(() -> InboxId.record("what/is/this/1", 5, VALUE))
        .isInstanceOf(IllegalStateException.class);
  }
}
