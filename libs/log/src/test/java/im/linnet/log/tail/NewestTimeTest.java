package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestTimeTest {
  private static final long NOW = TailRecords.NOW;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private int questions;

  private OptionalLong search(long guess, long... times) {
    return new NewestTime(
            time -> {
              assertThat(time).isNotNegative();
              questions++;
              return CompletableFuture.completedFuture(
                  Arrays.stream(times).filter(each -> each >= time).findFirst());
            })
        .search(guess)
        .join();
  }

  @Test
  void asksOnceWhereThereIsARecordOfNow() {
    assertThat(search(NOW, NOW - DAY, NOW - 300, NOW - 200)).hasValue(NOW - 300);
    assertThat(questions).isOne();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_001, 5_000, 60_000, 86_400_000, 40 * 86_400_000L, TailRecords.NOW})
  void findsAQuietPartitionsNewestRecordOrALittleLess(long age) {
    long newest = NOW - age;
    long found = search(NOW, 0, newest / 2, newest - 700, newest).orElseThrow();
    assertThat(found).isBetween(newest - 1_000, newest);
    assertThat(questions).isLessThan(70);
  }

  @Test
  void aGuessThatLiesBehindGivesAnEarlierTimeAndNeverALaterOne() {
    assertThat(search(NOW - 5_000, NOW - DAY, NOW - 4_000, NOW)).hasValue(NOW - 4_000);
    assertThat(search(NOW + DAY, NOW - 20, NOW).orElseThrow()).isBetween(NOW - 1_000, NOW);
  }

  @Test
  void saysWhereNothingIsCommitted() {
    assertThat(search(NOW)).isEmpty();
    assertThat(questions).isLessThan(40);
  }
}
