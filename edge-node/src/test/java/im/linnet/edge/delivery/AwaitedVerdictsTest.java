package im.linnet.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.delivery.AwaitedVerdicts.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AwaitedVerdictsTest {
  private static final Command COMMAND = new Command("room", "aa", "u1");

  // Near the end of the numbers, as System.nanoTime() may be.
  private long nanos = Long.MAX_VALUE - 5;
  private final AwaitedVerdicts<Integer> verdicts =
      new AwaitedVerdicts<>(3, Duration.ofNanos(10), () -> nanos);

  private static void failsWith(CompletableFuture<?> verdict, Class<? extends Exception> why) {
    assertThat(verdict).isCompletedExceptionally();
    assertThatThrownBy(verdict::join).hasRootCauseInstanceOf(why);
  }

  @Test
  void anAnswerReachesTheRequestThatWaitsForIt() {
    CompletableFuture<Integer> verdict = verdicts.await(COMMAND);
    assertThat(verdicts.answer(new Command("room", "aa", "u2"), 1)).isFalse();
    assertThat(verdicts.answer(new Command("room", "bb", "u1"), 2)).isFalse();
    assertThat(verdicts.answer(new Command("hall", "aa", "u1"), 3)).isFalse();
    assertThat(verdict).isNotDone();
    assertThat(verdicts.answer(COMMAND, 0)).isTrue();
    assertThat(verdict).isCompletedWithValue(0);
    assertThat(verdicts.size()).isZero();
  }

  @Test
  void aSecondAnswerChangesNothing() {
    CompletableFuture<Integer> verdict = verdicts.await(COMMAND);
    verdicts.answer(COMMAND, 0);
    assertThat(verdicts.answer(COMMAND, 4009)).isFalse();
    assertThat(verdict).isCompletedWithValue(0);
  }

  @Test
  void anAnswerThatNobodyWaitsForIsNotKept() {
    assertThat(verdicts.answer(COMMAND, 0)).isFalse();
    assertThat(verdicts.size()).isZero();
    assertThat(verdicts.await(COMMAND)).isNotDone();
  }

  @Test
  void aRepeatWaitsForTheSameAnswer() {
    CompletableFuture<Integer> first = verdicts.await(COMMAND);
    CompletableFuture<Integer> again = verdicts.await(COMMAND);
    assertThat(verdicts.size()).isOne();
    again.cancel(false);
    assertThat(verdicts.answer(COMMAND, 0)).isTrue();
    assertThat(first).as("one that gave up takes nothing from the other").isCompletedWithValue(0);
  }

  @Test
  void eachIsGivenUpAtItsDeadlineAndNotBefore() {
    CompletableFuture<Integer> early = verdicts.await(COMMAND);
    nanos += 4;
    CompletableFuture<Integer> late = verdicts.await(new Command("room", "aa", "u2"));
    nanos += 5;
    verdicts.expire();
    assertThat(early).isNotDone();
    nanos += 1;
    verdicts.expire();
    failsWith(early, TimeoutException.class);
    assertThat(late).isNotDone();
    assertThat(verdicts.answer(COMMAND, 0)).as("too late").isFalse();
    nanos += 4;
    verdicts.expire();
    failsWith(late, TimeoutException.class);
    assertThat(verdicts.size()).isZero();
  }

  @Test
  void whoeverIsToldThatItsTimeIsOverMayAskAgainAtOnce() {
    CompletableFuture<Integer> again =
        verdicts.await(COMMAND).exceptionallyCompose(failure -> verdicts.await(COMMAND));
    CompletableFuture<Integer> other = verdicts.await(new Command("room", "aa", "u2"));
    nanos += 10;
    verdicts.expire();
    failsWith(other, TimeoutException.class);
    assertThat(again).isNotDone();
    verdicts.answer(COMMAND, 0);
    assertThat(again).isCompletedWithValue(0);
  }

  @Test
  void oneMoreThanTheBoundIsRefusedUntilThereIsRoom() {
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(verdicts.await(new Command("room", "aa", "u" + i)));
    }
    failsWith(verdicts.await(new Command("room", "aa", "u3")), RejectedExecutionException.class);
    assertThat(verdicts.await(COMMAND)).as("a repeat takes no room").isNotDone();
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    verdicts.answer(COMMAND, 0);
    assertThat(verdicts.await(new Command("room", "aa", "u3"))).isNotDone();
  }

  @Test
  void nothingWaitsForATailThatEnds() {
    CompletableFuture<Integer> verdict = verdicts.await(COMMAND);
    // Whoever is told may ask again at once.
    CompletableFuture<Integer> again =
        verdict.exceptionallyCompose(failure -> verdicts.await(COMMAND));
    verdicts.close();
    failsWith(verdict, CancellationException.class);
    failsWith(again, CancellationException.class);
    assertThat(verdicts.size()).isZero();
  }
}
