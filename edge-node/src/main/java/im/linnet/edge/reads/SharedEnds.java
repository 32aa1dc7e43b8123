package im.linnet.edge.reads;

import im.linnet.log.Callbacks;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks Kafka for the ends of partitions. All questions during one request share the next request: a
 * thousand sessions that come back at once make two requests. Safe on any thread.
 *
 * <p>Each partition is answered separately, and has at most one question under way. A partition
 * that does not answer, for lack of a leader, delays the others' next request once, by the pace.
 */
public final class SharedEnds {
  private static final Duration PACE = Duration.ofMillis(250);

  private final LogEnds ends;
  private final Duration pace;
  private final Map<LogPartition, CompletableFuture<Long>> next = new LinkedHashMap<>();
  private final Set<LogPartition> underWay = new HashSet<>();
  private boolean asking;

  /** Shared questions to {@code ends}, at the default pace. */
  public SharedEnds(LogEnds ends) {
    this(ends, PACE);
  }

  /**
   * @param pace the longest time for which a request delays the next one
   */
  SharedEnds(LogEnds ends, Duration pace) {
    this.ends = ends;
    this.pace = pace;
  }

  /**
   * The ends of these partitions at some moment after this call.
   *
   * @return fails if one of them has no answer; never left open
   */
  public CompletableFuture<Map<LogPartition, Long>> of(Collection<StreamPartition> partitions) {
    Map<LogPartition, CompletableFuture<Long>> mine = new HashMap<>();
    synchronized (this) {
      for (StreamPartition each : partitions) {
        LogPartition partition = LogPartition.of(each);
        mine.put(partition, next.computeIfAbsent(partition, fresh -> new CompletableFuture<>()));
      }
    }
    askNext();
    return CompletableFuture.allOf(mine.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                mine.entrySet().stream()
                    .collect(
                        Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, each -> each.getValue().join())));
  }

  private void askNext() {
    Map<LogPartition, CompletableFuture<Long>> batch;
    synchronized (this) {
      if (asking) {
        return;
      }
      batch = new HashMap<>(next);
      batch.keySet().removeAll(underWay);
      if (batch.isEmpty()) {
        return;
      }
      next.keySet().removeAll(batch.keySet());
      underWay.addAll(batch.keySet());
      asking = true;
    }
    Map<LogPartition, CompletableFuture<Long>> answers = ask(batch.keySet());
    CompletableFuture<?>[] told =
        batch.entrySet().stream()
            .map(each -> told(each.getKey(), answers, each.getValue()))
            .toArray(CompletableFuture<?>[]::new);
    Callbacks.whenDone(
        CompletableFuture.allOf(told).completeOnTimeout(null, pace.toNanos(), TimeUnit.NANOSECONDS),
        (done, failure) -> goOn());
  }

  private void goOn() {
    synchronized (this) {
      asking = false;
    }
    askNext();
  }

  /** Completes, never with a failure, after the futures that wait for that partition. */
  private CompletableFuture<?> told(
      LogPartition partition,
      Map<LogPartition, CompletableFuture<Long>> answers,
      CompletableFuture<Long> waiting) {
    CompletableFuture<Long> answer = answers.get(partition);
    if (answer == null) {
      answer = CompletableFuture.failedFuture(new IllegalStateException("no " + partition));
    }
    return answer.handle(
        (end, failure) -> {
          synchronized (this) {
            underWay.remove(partition);
          }
          if (failure != null) {
            waiting.completeExceptionally(failure);
          } else {
            waiting.complete(end);
          }
          // If it was late, the next request may have gone without it.
          askNext();
          return null;
        });
  }

  private Map<LogPartition, CompletableFuture<Long>> ask(Set<LogPartition> partitions) {
    try {
      return ends.eachEndOffsetAsync(partitions);
    } catch (RuntimeException e) {
      return partitions.stream()
          .collect(
              Collectors.toMap(
                  partition -> partition, partition -> CompletableFuture.failedFuture(e)));
    }
  }
}
