package im.linnet.edge.publish;

import im.linnet.log.Callbacks;
import im.linnet.schemas.Stream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's sends to one recipient in order. While one of them waits (a repeat during its
 * look-up), later ones wait too. Without a waiting send there is no queue. One thread, the
 * session's event loop.
 */
final class RecipientQueues {
  /** A recipient. */
  record Recipient(Stream stream, String to) {}

  private final Map<Recipient, Queue<Supplier<@Nullable CompletableFuture<?>>>> waiting =
      new HashMap<>();

  /**
   * Runs a step when it is its turn; at once if no step waits.
   *
   * @param step gives null if it is done, else a future that completes on the same thread; the
   *     recipient's queue waits for it; must not throw
   */
  void run(Recipient recipient, Supplier<@Nullable CompletableFuture<?>> step) {
    Queue<Supplier<@Nullable CompletableFuture<?>>> behind = waiting.get(recipient);
    if (behind != null) {
      behind.add(step);
      return;
    }
    CompletableFuture<?> pause = step.get();
    if (pause != null) {
      waiting.put(recipient, new ArrayDeque<>(2));
      Callbacks.whenDone(pause, (done, failure) -> goOn(recipient));
    }
  }

  private void goOn(Recipient recipient) {
    Queue<Supplier<@Nullable CompletableFuture<?>>> behind = waiting.get(recipient);
    while (behind != null) {
      Supplier<@Nullable CompletableFuture<?>> step = behind.poll();
      if (step == null) {
        waiting.remove(recipient);
        return;
      }
      CompletableFuture<?> pause = step.get();
      if (pause != null) {
        Callbacks.whenDone(pause, (done, failure) -> goOn(recipient));
        return;
      }
    }
  }
}
