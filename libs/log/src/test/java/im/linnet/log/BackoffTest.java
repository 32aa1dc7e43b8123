package im.linnet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void staysBelowADoublingBoundAndStartsAnew() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));
    for (int round = 0; round < 200; round++) {
      for (long bound : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
        assertThat(backoff.next().toMillis()).isBetween(1L, bound);
      }
      assertThat(backoff.failures()).isEqualTo(8);
      backoff.reset();
    }
  }

  @Test
  void staysAtItsCapForEver() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));
    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
    }
  }
}
