package im.linnet.cli.chat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What was asked of the server and is not answered yet; the chat's end waits for it. Thread-safe.
 */
final class Answers {
  private final Set<CompletableFuture<Void>> underWay = ConcurrentHashMap.newKeySet();
  private final Screen screen;

  Answers(Screen screen) {
    this.screen = screen;
  }

  /** Nobody waits for this answer; only its failure is worth a line. */
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

  /** The end waits for this one, which tells by itself how it went. */
  void add(CompletableFuture<Void> answer) {
    underWay.removeIf(CompletableFuture::isDone);
    underWay.add(answer);
  }

  /** Whether nothing is under way. */
  boolean allCame() {
    return underWay.stream().allMatch(CompletableFuture::isDone);
  }

  /** Waits for all that has been asked so far. */
  void await(long millis) throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
        .get(millis, TimeUnit.MILLISECONDS);
  }
}
