package im.linnet.log.tail;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.KafkaSettings;
import im.linnet.schemas.StreamPartition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka for the begin of a partition's tail. This is the applied offset, or 30 s before the
 * end if that is later. The duplicate filter begins further back. Times are the broker's own,
 * counted from the partition's newest committed record; our clock only helps to find that record.
 * Safe on any thread, never blocks.
 */
final class StartPoints implements AutoCloseable {
  private static final long RING_MILLIS = 30_000;

  /** A view that is this near to the end counts as being there. */
  private static final long NEAR_MILLIS = 1_000;

  private final Admin admin;
  private final InstantSource clock;

  /**
   * The begin of a tail.
   *
   * @param from the first offset to read
   * @param start the first offset of the ring
   */
  record StartPoint(long from, long start) {}

  /**
   * Offsets of one partition.
   *
   * @param end the end of the committed records
   * @param near the first record of the last second
   * @param ring the first record of the last 30 s
   * @param nearFilter the first record of the 30 s before {@code near}
   * @param ringFilter the first record of the 30 s before {@code ring}
   */
  record Marks(long end, long near, long ring, long nearFilter, long ringFilter) {
    /** The begin for a view with all records below {@code applied}. Pure. */
    StartPoint start(long applied) {
      long start = Math.min(Math.max(applied, ring), end);
      long filter = start >= near ? nearFilter : ringFilter;
      return new StartPoint(Math.min(filter, start), start);
    }
  }

  /**
   * @param clock its time begins the search for a newest record that Kafka does not name
   */
  StartPoints(KafkaSettings settings, String clientId, InstantSource clock) {
    this(KafkaClients.admin(settings, clientId), clock);
  }

  StartPoints(Admin admin, InstantSource clock) {
    this.admin = admin;
    this.clock = clock;
  }

  /**
   * The marks of each partition, one future for each. It completes, or fails some 10 s after the
   * last answer.
   */
  Map<StreamPartition, CompletableFuture<Marks>> find(Collection<StreamPartition> partitions) {
    ListOffsetsResult starts = list(partitions, OffsetSpec.earliest());
    ListOffsetsResult ends = list(partitions, OffsetSpec.latest());
    ListOffsetsResult newest = list(partitions, OffsetSpec.maxTimestamp());
    Map<StreamPartition, CompletableFuture<Marks>> marks = new HashMap<>();
    for (StreamPartition partition : partitions) {
      TopicPartition id = KafkaPartitions.of(partition);
      marks.put(
          partition,
          info(starts, id)
              .thenCompose(
                  start ->
                      info(ends, id)
                          .thenCompose(
                              end ->
                                  info(newest, id)
                                      .thenCompose(
                                          last -> marks(id, start.offset(), end.offset(), last)))));
    }
    return marks;
  }

  private CompletableFuture<Marks> marks(
      TopicPartition partition, long start, long end, ListOffsetsResultInfo last) {
    if (end <= start) {
      // No record is committed, so there is no newest one.
      return CompletableFuture.completedFuture(empty(end));
    }
    if (last.offset() >= 0 && last.timestamp() >= 0) {
      return marks(partition, end, last.timestamp());
    }
    // The newest record is not committed, or not on all replicas. Then Kafka does not name it, as
    // if the partition were empty.
    return new NewestTime(time -> timeAt(partition, time))
        .search(clock.millis())
        .thenCompose(
            newest ->
                newest.isPresent()
                    ? marks(partition, end, newest.getAsLong())
                    : CompletableFuture.completedFuture(empty(end)));
  }

  private static Marks empty(long end) {
    return new Marks(end, end, end, end, end);
  }

  private CompletableFuture<Marks> marks(TopicPartition partition, long end, long newest) {
    CompletableFuture<Long> near = at(partition, newest - NEAR_MILLIS, end);
    CompletableFuture<Long> ring = at(partition, newest - RING_MILLIS, end);
    CompletableFuture<Long> nearFilter =
        at(partition, newest - NEAR_MILLIS - DuplicateFilter.SPAN_MILLIS, end);
    CompletableFuture<Long> ringFilter =
        at(partition, newest - RING_MILLIS - DuplicateFilter.SPAN_MILLIS, end);
    return near.thenCombine(ring, (a, b) -> new long[] {a, b})
        .thenCombine(nearFilter, (both, c) -> new long[] {both[0], both[1], c})
        .thenCombine(ringFilter, (all, d) -> new Marks(end, all[0], all[1], all[2], d));
  }

  /** The first record that is not older than that time; the end without one. */
  private CompletableFuture<Long> at(TopicPartition partition, long time, long end) {
    return first(partition, time)
        .thenApply(info -> info.offset() < 0 ? end : Math.min(end, info.offset()));
  }

  private CompletableFuture<OptionalLong> timeAt(TopicPartition partition, long time) {
    return first(partition, time)
        .thenApply(
            info -> info.offset() < 0 ? OptionalLong.empty() : OptionalLong.of(info.timestamp()));
  }

  private CompletableFuture<ListOffsetsResultInfo> first(TopicPartition partition, long time) {
    return info(
        admin.listOffsets(
            Map.of(partition, OffsetSpec.forTimestamp(Math.max(0, time))), committed()),
        partition);
  }

  private ListOffsetsResult list(Collection<StreamPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (StreamPartition partition : partitions) {
      wanted.put(KafkaPartitions.of(partition), spec);
    }
    return admin.listOffsets(wanted, committed());
  }

  private static CompletableFuture<ListOffsetsResultInfo> info(
      ListOffsetsResult result, TopicPartition partition) {
    return result.partitionResult(partition).toCompletionStage().toCompletableFuture();
  }

  private static ListOffsetsOptions committed() {
    return new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
