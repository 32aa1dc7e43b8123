package im.linnet.cli.chat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The requests to the server without an answer yet. The end of the chat waits for them.
 * Thread-safe.
 */
final class Answers {
  private final Set<CompletableFuture<Void>> underWay = ConcurrentHashMap.newKeySet();
  private final Screen screen;

  Answers(Screen screen) {
    this.screen = screen;
  }

  /** Adds a request whose failure is shown as a line. */
  void quietly(CompletableFuture<?> answer) {
    add(
        answer.handle(
            (done, failure) -> {
              if (failure != null) {
                screen.note(Wording.of(failure));
              }
              return null;
            }));
  }

  /** Adds a request that shows its own outcome. */
  void add(CompletableFuture<Void> answer) {
    underWay.removeIf(CompletableFuture::isDone);
    underWay.add(answer);
  }

  /** Whether all answers are there. */
  boolean allCame() {
    return underWay.stream().allMatch(CompletableFuture::isDone);
  }

  /** Waits for all answers to the requests so far. */
  void await(long millis) throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
        .get(millis, TimeUnit.MILLISECONDS);
  }
}
