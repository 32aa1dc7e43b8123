package im.linnet.log.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OffsetWaitersTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final OffsetWaiters<String> waiters = new OffsetWaiters<>(0, 3);

  @Test
  void neverFalls() {
    waiters.raise("a", 5);
    waiters.raise("a", 3);
    assertThat(waiters.next("a")).isEqualTo(5);
    assertThat(waiters.next("b")).isZero();
  }

  @Test
  void completesAtOnceWhatHasPassed() {
    waiters.raise("a", 5);
    assertThat(waiters.await("a", 4, LONG)).isCompleted();
    assertThat(waiters.await("a", 5, LONG)).isNotDone();
  }

  @Test
  void wakesThoseBelowAndNoOthers() {
    CompletableFuture<Void> low = waiters.await("a", 3, LONG);
    CompletableFuture<Void> high = waiters.await("a", 9, LONG);
    CompletableFuture<Void> other = waiters.await("b", 0, LONG);
    waiters.raise("a", 4);
    assertThat(low).isCompleted();
    assertThat(high).isNotDone();
    assertThat(other).isNotDone();
  }

  @Test
  void timesOutAndGivesThePlaceBack() {
    for (int i = 0; i < 10; i++) {
      CompletableFuture<Void> waiter = waiters.await("a", 3, Duration.ofNanos(1));
      assertThatThrownBy(() -> waiter.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TimeoutException.class);
    }
    assertThat(waiters.await("a", 3, LONG)).isNotDone();
  }

  @Test
  void refusesMoreThanItsBound() {
    for (int i = 0; i < 3; i++) {
      assertThat(waiters.await("a", i, LONG)).isNotDone();
    }
    assertThat(waiters.await("a", 7, LONG)).isCompletedExceptionally();
    waiters.raise("a", 1);
    assertThat(waiters.await("a", 7, LONG)).isNotDone();
  }

  @Test
  void closingFailsThoseWhoWaitAndThoseWhoCome() {
    CompletableFuture<Void> waiter = waiters.await("a", 3, LONG);
    waiters.close();
    assertThat(waiter).isCompletedExceptionally();
    assertThat(waiters.await("a", 3, LONG)).isCompletedExceptionally();
  }
}
