package im.linnet.log.tail;

import im.linnet.log.Callbacks;
import im.linnet.log.applied.AppliedOffsets;
import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the partitions that a {@link TailState} wants: asks where each begins, tells the state
 * once the answer is there, and asks again after a failure. Owned by the tail's thread; the answers
 * come back to it as tasks.
 */
final class PartitionStarts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionStarts.class);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final StartPoints points;
  private final AppliedOffsets applied;
  private final Tail tail;
  private final TailMeters meters;
  private final Runnable onBegun;
  private final Map<StreamPartition, Long> failedNanos = new HashMap<>();

  /**
   * @param points closed here
   * @param tail runs the tasks
   * @param onBegun called on the tail's thread when one more partition must be read
   */
  PartitionStarts(
      StartPoints points, AppliedOffsets applied, Tail tail, TailMeters meters, Runnable onBegun) {
    this.points = points;
    this.applied = applied;
    this.tail = tail;
    this.meters = meters;
    this.onBegun = onBegun;
  }

  /** Asks about each partition that is wanted now. Does not block. */
  void tend(TailState state, long nowNanos) {
    if (!failedNanos.isEmpty()) {
      failedNanos
          .entrySet()
          .removeIf(each -> again(state, each.getKey(), nowNanos - each.getValue()));
    }
    List<StreamPartition> wanted = state.takeWanted();
    if (!wanted.isEmpty()) {
      points.find(wanted).forEach(this::whenFound);
    }
  }

  private static boolean again(TailState state, StreamPartition partition, long waitedNanos) {
    if (waitedNanos < AGAIN_NANOS) {
      return false;
    }
    state.askAgain(partition);
    return true;
  }

  private void whenFound(StreamPartition partition, CompletableFuture<StartPoints.Marks> marks) {
    Callbacks.whenDone(
        marks,
        (found, failure) ->
            tail.execute(
                state -> {
                  if (failure == null) {
                    begin(state, partition, found);
                  } else {
                    meters.failures.increment();
                    LOG.warn(
                        "{}: no answer where its tail begins: {}", partition, failure.toString());
                    failedNanos.put(partition, System.nanoTime());
                  }
                }));
  }

  private void begin(TailState state, StreamPartition partition, StartPoints.Marks marks) {
    StartPoints.StartPoint point = marks.start(applied.applied(partition));
    if (state.begin(partition, point.from(), point.start(), marks.end())) {
      LOG.debug("{}: read from {}, ring from {}", partition, point.from(), point.start());
      onBegun.run();
    }
  }

  @Override
  public void close() {
    points.close();
  }
}
