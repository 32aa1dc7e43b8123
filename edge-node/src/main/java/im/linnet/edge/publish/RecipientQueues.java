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
 * Keeps a session's sends to one recipient in order. While one of them waits (a repeat that is
 * being looked up), those behind it wait too; where none waits there is no lane. One thread, the
 * session's event loop.
 */
final class RecipientQueues {
  /** A recipient. */
  record Lane(Stream stream, String to) {}

  private final Map<Lane, Queue<Supplier<@Nullable CompletableFuture<?>>>> waiting =
      new HashMap<>();

  /**
   * Runs a step when it is its turn, now where nothing waits.
   *
   * @param step gives null where it is done, else a future, completed on the same thread, until
   *     which the lane waits; must not throw
   */
  void run(Lane lane, Supplier<@Nullable CompletableFuture<?>> step) {
    Queue<Supplier<@Nullable CompletableFuture<?>>> behind = waiting.get(lane);
    if (behind != null) {
      behind.add(step);
      return;
    }
    CompletableFuture<?> pause = step.get();
    if (pause != null) {
      waiting.put(lane, new ArrayDeque<>(2));
      Callbacks.whenDone(pause, (done, failure) -> goOn(lane));
    }
  }

  private void goOn(Lane lane) {
    Queue<Supplier<@Nullable CompletableFuture<?>>> behind = waiting.get(lane);
    while (behind != null) {
      Supplier<@Nullable CompletableFuture<?>> step = behind.poll();
      if (step == null) {
        waiting.remove(lane);
        return;
      }
      CompletableFuture<?> pause = step.get();
      if (pause != null) {
        Callbacks.whenDone(pause, (done, failure) -> goOn(lane));
        return;
      }
    }
  }

  /** RecipientQueues in which something waits. */
  int size() {
    return waiting.size();
  }
}
