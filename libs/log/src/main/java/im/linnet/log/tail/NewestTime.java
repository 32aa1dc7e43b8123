package im.linnet.log.tail;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * Searches the time of the newest committed record of a partition by questions of one kind: which
 * time has the first committed record that is not older than some time? First backwards from a
 * guess, in steps that double, then by halving; some dozens of questions at most, one where the
 * guess is right. Pure but for the questions.
 */
final class NewestTime {
  /** So near below the truth an answer may lie; it costs that much more of the log to be read. */
  private static final long NEAR_MILLIS = 1_000;

  private final LongFunction<CompletableFuture<OptionalLong>> firstAtOrAfter;

  /**
   * @param firstAtOrAfter the time (ms since the epoch) of the first committed record at or after a
   *     time, nothing where there is none
   */
  NewestTime(LongFunction<CompletableFuture<OptionalLong>> firstAtOrAfter) {
    this.firstAtOrAfter = firstAtOrAfter;
  }

  /**
   * The time of the newest committed record, or up to a second less; less by as much as the newest
   * record is ahead of the guess. Nothing where no record is committed.
   *
   * @param guess a time that hardly any record is newer than; a wrong one costs a longer search or
   *     an earlier answer, never a later one
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
