package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void theBoundDoublesUpToTheCapAndTheWholeRangeIsUsed() {
    Random random = new Random(1);
    for (int attempt = 0; attempt < 12; attempt++) {
      long bound = Math.min(1_000, 10L << attempt);
      int before = attempt;
      List<Long> pauses =
          LongStream.range(0, 2_000)
              .map(
                  i -> {
                    Backoff backoff =
                        new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), random);
                    for (int j = 0; j < before; j++) {
                      backoff.nextMillis(0);
                    }
                    return backoff.nextMillis(0);
                  })
              .boxed()
              .toList();
      assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(0L, bound));
      assertThat(Collections.max(pauses)).isGreaterThan(bound * 9 / 10);
      assertThat(Collections.min(pauses)).isLessThan(Math.max(1, bound / 10));
    }
  }

  @Test
  void whatTheServerAsksForComesOnTop() {
    Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), new Random(1));

    assertThat(backoff.nextMillis(3_000)).isBetween(3_000L, 3_010L);
  }

  @Test
  void aResetBeginsAnew() {
    Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofHours(1), new Random(1));
    for (int i = 0; i < 20; i++) {
      backoff.nextMillis(0);
    }
    backoff.reset();

    assertThat(backoff.nextMillis(0)).isLessThanOrEqualTo(10);
  }
}
