package im.linnet.edge.reads;

import im.linnet.log.Callbacks;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka where partitions end, once for all who ask while an answer is awaited: a thousand
 * sessions that come back at once make two requests. Safe on any thread.
 */
public final class SharedEnds {
  private final LogEnds ends;
  private boolean asking;
  private @Nullable Batch next;

  /** Those who wait for the next request. */
  private static final class Batch {
    final Set<LogPartition> partitions = new HashSet<>();
    final CompletableFuture<Map<LogPartition, Long>> answer = new CompletableFuture<>();
  }

  /** Asks nothing yet. */
  public SharedEnds(LogEnds ends) {
    this.ends = ends;
  }

  /** The ends of these partitions (maybe of others too) at some moment after this call. */
  public CompletableFuture<Map<LogPartition, Long>> of(Collection<StreamPartition> partitions) {
    Batch mine;
    boolean ask;
    synchronized (this) {
      if (next == null) {
        next = new Batch();
      }
      mine = next;
      partitions.forEach(each -> mine.partitions.add(LogPartition.of(each)));
      ask = !asking;
    }
    if (ask) {
      askNext();
    }
    return mine.answer;
  }

  private void askNext() {
    Batch batch;
    synchronized (this) {
      batch = next;
      if (asking || batch == null) {
        return;
      }
      next = null;
      asking = true;
    }
    Callbacks.whenDone(
        ask(batch.partitions),
        (found, failure) -> {
          synchronized (this) {
            asking = false;
          }
          askNext();
          if (failure != null) {
            batch.answer.completeExceptionally(failure);
          } else {
            batch.answer.complete(found);
          }
        },
        batch.answer::completeExceptionally);
  }

  private CompletableFuture<Map<LogPartition, Long>> ask(Set<LogPartition> partitions) {
    try {
      return ends.endOffsetsAsync(partitions);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
