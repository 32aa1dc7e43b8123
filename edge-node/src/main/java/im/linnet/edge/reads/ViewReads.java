package im.linnet.edge.reads;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.session.SeenOffsets;
import im.linnet.log.Callbacks;
import im.linnet.log.LogPartition;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.records.RecordReader;
import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from an event loop to the store. It waits until the view holds the records that the
 * session has seen, asks the store on the bounded pool, and has the store prove that it held them.
 * Safe on any thread, never blocks.
 */
public final class ViewReads {
  private static final Logger LOG = LoggerFactory.getLogger(ViewReads.class);

  private final AppliedOffsets applied;
  private final SharedEnds ends;
  private final RecordReader store;
  private final Executor workers;
  private final Duration patience;
  private final EdgeMetrics metrics;

  /**
   * @param ends the ends of the log, asked if the wait for the view fails
   * @param workers a bounded pool that rejects tasks when it is full
   * @param patience the longest wait, in all, for the view
   */
  public ViewReads(
      AppliedOffsets applied,
      SharedEnds ends,
      RecordReader store,
      Executor workers,
      Duration patience,
      EdgeMetrics metrics) {
    this.applied = applied;
    this.ends = ends;
    this.store = store;
    this.workers = workers;
    this.patience = patience;
    this.metrics = metrics;
  }

  /**
   * Asks the store once it holds the records that a session has seen in the partitions of the
   * question. A slow partition does not delay questions about others. After a failed wait, seen
   * places beyond the end of the log are taken back for the next time: a copy or a receipt from a
   * foreign producer may name any place.
   *
   * @param about all partitions with records of the answer
   * @return as {@link #read(Map, Function)}
   */
  public <T> CompletableFuture<T> read(
      SeenOffsets places, Set<StreamPartition> about, Function<RecordReader, T> question) {
    Map<StreamPartition, Long> seen = places.seen(about);
    return read(seen, question)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                takeBack(places, seen);
              }
            });
  }

  private void takeBack(SeenOffsets places, Map<StreamPartition, Long> seen) {
    Map<StreamPartition, Long> late = new HashMap<>(seen);
    late.entrySet().removeIf(place -> isApplied(place.getKey(), place.getValue()));
    if (late.isEmpty()) {
      return;
    }
    Callbacks.whenDone(
        ends.of(late.keySet()),
        (found, failure) -> {
          if (failure != null) {
            LOG.debug("the log's ends are unknown: {}", failure.toString());
            return;
          }
          late.forEach(
              (place, offset) -> {
                Long end = found.get(LogPartition.of(place));
                if (end != null && offset >= end) {
                  places.takeBack(place, offset, end);
                }
              });
        });
  }

  private boolean isApplied(StreamPartition partition, long offset) {
    return applied.applied(partition) > offset;
  }

  /**
   * Asks the store once it holds these records.
   *
   * @param seen the highest offset per partition that the answer must include
   * @return fails with a {@link java.util.concurrent.TimeoutException} if the view lags, with a
   *     {@link RejectedExecutionException} if the pool is full, or with the store's exception;
   *     never left open
   */
  public <T> CompletableFuture<T> read(
      Map<StreamPartition, Long> seen, Function<RecordReader, T> question) {
    return awaitAll(seen).thenCompose(ignored -> ask(reached(seen), question));
  }

  private CompletableFuture<Void> awaitAll(Map<StreamPartition, Long> seen) {
    // All waits begin now, so together they take no longer than the longest.
    CompletableFuture<?>[] waits =
        seen.entrySet().stream()
            .filter(place -> !isApplied(place.getKey(), place.getValue()))
            .map(place -> applied.await(place.getKey(), place.getValue(), patience))
            .toArray(CompletableFuture<?>[]::new);
    return waits.length == 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.allOf(waits);
  }

  private static Map<StreamPartition, Long> reached(Map<StreamPartition, Long> seen) {
    return seen.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, place -> place.getValue() + 1));
  }

  private <T> CompletableFuture<T> ask(
      Map<StreamPartition, Long> reached, Function<RecordReader, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      workers.execute(
          () -> {
            try {
              T found = question.apply(store);
              // A store that was emptied or replaced answers without a sign of missing records.
              if (!reached.isEmpty()) {
                store.requireView(applied.view(), reached);
              }
              answer.complete(found);
            } catch (RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      metrics.storeRejected();
      answer.completeExceptionally(e);
    }
    return answer;
  }
}
