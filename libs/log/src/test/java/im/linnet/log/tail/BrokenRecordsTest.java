package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.NOW;
import static im.linnet.log.tail.TailRecords.message;
import static im.linnet.log.tail.TailRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokenRecordsTest {
  private final TailMeters meters = new TailMeters(new SimpleMeterRegistry());
  private long nanos;
  private final BrokenRecords broken = new BrokenRecords(meters, () -> nanos);

  private boolean tell(long offset) {
    return broken.tell(
        record(offset, NOW, message("aa", "bb", "u")), new IllegalStateException("mistake"));
  }

  @Test
  void aPlaceIsToldOnceAndCountedEachTime() {
    assertThat(tell(1)).isTrue();
    assertThat(tell(1)).isFalse();
    assertThat(tell(2)).isTrue();
    assertThat(meters.broken.count()).isEqualTo(3);
  }

  @Test
  void twentyAreToldInAMinute() {
    for (int i = 0; i < 20; i++) {
      assertThat(tell(i)).isTrue();
    }
    assertThat(tell(20)).isFalse();
    nanos = Duration.ofMinutes(1).toNanos();
    assertThat(tell(21)).isTrue();
    assertThat(meters.broken.count()).isEqualTo(22);
  }
}
