package im.linnet.cli.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Shows the server's answers to commands as lines. Safe on any thread. */
final class Asking {
  private final Answers answers;
  private final Screen screen;
  private final long patienceMillis;

  Asking(Answers answers, Screen screen, long patienceMillis) {
    this.answers = answers;
    this.screen = screen;
    this.patienceMillis = patienceMillis;
  }

  /** Shows the lines that the answer to a question gives. */
  <T> void question(CompletableFuture<T> answer, Function<? super T, List<String>> lines) {
    var unused = show(answer, lines, Wording.Advice.NONE);
  }

  /** Shows that a change was made, once it is. */
  <T> void order(CompletableFuture<T> answer, String words) {
    var unused = order(answer, done -> words, Wording.Advice.NONE);
  }

  /** Shows that a change was made, once it is. */
  <T> CompletableFuture<Boolean> order(
      CompletableFuture<T> answer, Function<? super T, String> words, Wording.Advice advice) {
    return show(answer, words.andThen(List::of), advice);
  }

  /**
   * Shows the lines of an answer, or the reason of a failure.
   *
   * @return whether there was an answer; it never fails
   */
  private <T> CompletableFuture<Boolean> show(
      CompletableFuture<T> answer, Function<? super T, List<String>> lines, Wording.Advice advice) {
    CompletableFuture<Boolean> shown =
        answer
            .thenApply(lines)
            .handle(
                (all, failure) -> {
                  if (failure == null) {
                    all.forEach(screen::note);
                  } else {
                    screen.note(Wording.orAgain(failure, advice));
                  }
                  return failure == null;
                });
    answers.add(shown.thenAccept(ok -> {}));
    return shown;
  }

  /** Waits for an order; false if it failed, or the wait was long. Its outcome is shown anyway. */
  boolean isDone(CompletableFuture<Boolean> order) {
    try {
      return order.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      screen.note("the server has not answered yet");
      return false;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
