package im.linnet.cli.node;

import im.linnet.log.Callbacks;
import im.linnet.log.LogPartition;
import im.linnet.records.RecordStore;
import im.linnet.schemas.StreamPartition;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Waits until a view holds all records that the log held when the process began, so that no client
 * asks an unfinished view. Shows its progress if that takes longer than a moment.
 */
final class CatchUp {
  private static final long POLL_MILLIS = 20;
  private static final long REPORT_NANOS = 2_000_000_000L;

  private CatchUp() {}

  /**
   * Blocks until the view has reached all ends.
   *
   * @param failure ends the wait if the view's writer gives up
   * @throws RuntimeException the failure of the writer
   */
  static void await(
      RecordStore view,
      Map<LogPartition, Long> ends,
      CompletableFuture<Void> failure,
      Consumer<String> progress) {
    long total = ends.values().stream().mapToLong(Long::longValue).sum();
    long reported = System.nanoTime();
    long done = done(view, ends);
    while (done < total) {
      pause(failure);
      done = done(view, ends);
      if (System.nanoTime() - reported > REPORT_NANOS) {
        reported = System.nanoTime();
        progress.accept(
            String.format(
                Locale.ROOT,
                "reading the log: %,d of %,d records (%d %%)",
                done,
                total,
                100 * done / total));
      }
    }
  }

  private static long done(RecordStore view, Map<LogPartition, Long> ends) {
    Map<StreamPartition, Long> next = view.state().next();
    long done = 0;
    for (Map.Entry<LogPartition, Long> end : ends.entrySet()) {
      StreamPartition place = end.getKey().place();
      done += Math.min(end.getValue(), place == null ? 0 : next.getOrDefault(place, 0L));
    }
    return done;
  }

  private static void pause(CompletableFuture<Void> failure) {
    try {
      failure.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      throw new IllegalStateException("the persister stopped before the view was built");
    } catch (TimeoutException e) {
      // All is well: the view is still being built.
      return;
    } catch (ExecutionException e) {
      throw Callbacks.unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the view was built", e);
    }
  }
}
