package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  @Test
  void stands_still_until_it_is_moved() {
    ManualClock clock = new ManualClock(Instant.EPOCH);

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(clock.millis()).isEqualTo(5000);
    clock.set(Instant.ofEpochSecond(1));
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(1));
  }
}
