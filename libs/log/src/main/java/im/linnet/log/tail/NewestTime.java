package im.linnet.log.tail;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * Searches the time of the newest committed record of a partition. It asks questions of one kind:
 * which time has the first committed record at or after some time? First it goes backwards from a
 * guess in steps that double, then it halves. It needs some dozens of questions at most, and one if
 * the guess is right. Pure, except for the questions.
 */
final class NewestTime {
  /** The most by which an answer may be too low. That much more of the log is read. */
  private static final long NEAR_MILLIS = 1_000;

  private final LongFunction<CompletableFuture<OptionalLong>> firstAtOrAfter;

  /**
   * @param firstAtOrAfter the time (ms since the epoch) of the first committed record at or after a
   *     time; empty without one
   */
  NewestTime(LongFunction<CompletableFuture<OptionalLong>> firstAtOrAfter) {
    this.firstAtOrAfter = firstAtOrAfter;
  }

  /**
   * The time of the newest committed record, or up to a second less. If that record is newer than
   * the guess, the answer is too low by the difference. Empty if no record is committed.
   *
   * @param guess a time after nearly all records; a wrong guess costs a longer search or an earlier
   *     answer, never a later one
   */
  CompletableFuture<OptionalLong> search(long guess) {
    return backwards(guess, NEAR_MILLIS);
  }

  private CompletableFuture<OptionalLong> backwards(long noneAt, long step) {
    long asked = Math.max(0, noneAt - step);
    return firstAtOrAfter
        .apply(asked)
        .thenCompose(
            found -> {
              if (found.isPresent()) {
                return halving(Math.max(asked, found.getAsLong()), noneAt);
              }
              return asked == 0
                  ? CompletableFuture.completedFuture(OptionalLong.empty())
                  : backwards(asked, 2 * step);
            });
  }

  /** There is a committed record at {@code some}, and none at or after {@code noneAt}. */
  private CompletableFuture<OptionalLong> halving(long some, long noneAt) {
    if (noneAt - some <= NEAR_MILLIS) {
      return CompletableFuture.completedFuture(OptionalLong.of(some));
    }
    long middle = some + (noneAt - some) / 2;
    return firstAtOrAfter
        .apply(middle)
        .thenCompose(
            found ->
                found.isPresent()
                    ? halving(Math.max(middle, found.getAsLong()), noneAt)
                    : halving(some, middle));
  }
}
