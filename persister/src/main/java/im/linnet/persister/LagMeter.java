package im.linnet.persister;

import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.schemas.StreamPartition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The distance of the view from the log's ends, in this persister's partitions. Thread-safe. */
final class LagMeter {
  private static final Logger LOG = LoggerFactory.getLogger(LagMeter.class);

  private final LogEnds ends;
  private final Map<StreamPartition, Long> reached = new ConcurrentHashMap<>();
  private final Map<StreamPartition, Long> lags = new ConcurrentHashMap<>();

  LagMeter(LogEnds ends) {
    this.ends = ends;
  }

  void reached(Map<StreamPartition, Long> next) {
    reached.putAll(next);
  }

  void released(Set<StreamPartition> partitions) {
    reached.keySet().removeAll(partitions);
    lags.keySet().removeAll(partitions);
  }

  /** Asks for the log's ends. Once the future completes, {@link #lags} has the answer. */
  CompletableFuture<Void> measure() {
    Set<StreamPartition> partitions = Set.copyOf(reached.keySet());
    if (partitions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return ends.endOffsetsAsync(
            partitions.stream().map(LogPartition::of).collect(Collectors.toSet()))
        .handle(
            (found, failure) -> {
              if (failure != null) {
                LOG.debug("the log's ends are unknown: {}", failure.toString());
              } else {
                partitions.forEach(
                    partition ->
                        note(partition, found.getOrDefault(LogPartition.of(partition), 0L)));
              }
              return null;
            });
  }

  private void note(StreamPartition partition, long end) {
    Long next = reached.get(partition);
    if (next != null) {
      lags.put(partition, Math.max(0, end - next));
    }
  }

  /** Per partition the number of offsets that the view lacks, by the last answer. */
  Map<StreamPartition, Long> lags() {
    return Map.copyOf(lags);
  }
}
