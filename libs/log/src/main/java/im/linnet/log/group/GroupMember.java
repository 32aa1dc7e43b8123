package im.linnet.log.group;

import im.linnet.log.Backoff;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.LogPartition;
import im.linnet.log.LoopThread;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group. A newly assigned partition is <i>unplaced</i> and paused, and gives
 * no records until its owner sets the offset where it begins.
 *
 * <pre>
 *   (not ours) --assigned--> UNPLACED --place--> PLACED --revoked or lost--> (not ours)
 *                               ^------unplaceAll---+
 * </pre>
 *
 * <p>Owned by one thread, except {@link #wakeup()}.
 */
final class GroupMember {
  private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(4);
  private static final Duration HOLD_POLL = Duration.ofMillis(100);

  /** Told inside a poll that partitions were revoked or lost. */
  interface Revoked {
    void revoked(Set<LogPartition> partitions);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final LoopThread thread;
  private final LoopTrouble trouble;
  private final LoopListener listener;
  private final Revoked owner;
  private final GroupOffsets offsets;
  private final Backoff backoff;
  private final Set<LogPartition> unplaced = new HashSet<>();
  private final Set<LogPartition> placed = new HashSet<>();
  private final Set<LogPartition> dropped = new HashSet<>();

  private @Nullable RuntimeException callbackFailure;

  /**
   * @param commits whether offsets that were handled are committed for lag tools
   */
  GroupMember(
      Consumer<byte[], byte[]> consumer,
      LoopThread thread,
      LoopTrouble trouble,
      LoopListener listener,
      Revoked owner,
      boolean commits) {
    this.consumer = consumer;
    this.thread = thread;
    this.trouble = trouble;
    this.listener = listener;
    this.owner = owner;
    this.offsets = new GroupOffsets(consumer, commits);
    this.backoff = Backoff.ofLoops(RandomGenerator.getDefault());
  }

  void subscribe(Collection<String> topics) {
    consumer.subscribe(topics, new Rebalance());
  }

  /**
   * The next records of placed partitions. If Kafka fails, it pauses and returns no records.
   *
   * @throws InstanceInUseException if another process has joined under this member's name
   * @throws BrokenPositionException if a partition was placed at an offset at which the log has no
   *     record
   */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) throws InterruptedException {
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(timeout);
      if (backoff.failures() > 0) {
        backoff.reset();
        trouble.ofPolls("");
      }
    } catch (WakeupException e) {
      return ConsumerRecords.empty();
    } catch (InterruptException e) {
      throw e;
    } catch (OffsetOutOfRangeException e) {
      throw new BrokenPositionException(explained(e.offsetOutOfRangePartitions()));
    } catch (InvalidOffsetException e) {
      throw new BrokenPositionException(e.toString());
    } catch (FencedInstanceIdException e) {
      throw InstanceInUseException.replaced();
    } catch (KafkaException e) {
      Duration pause = backoff.next();
      LOG.warn("poll failed, again in {} ms: {}", pause.toMillis(), e.toString());
      listener.failed(e);
      trouble.ofPolls("polling: " + e);
      thread.pause(pause);
      return ConsumerRecords.empty();
    }
    if (callbackFailure != null) {
      throw callbackFailure;
    }
    return records;
  }

  /** Takes no records for that time, and stays in the group. */
  void hold(Duration time) throws InterruptedException {
    consumer.pause(consumer.assignment());
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !thread.stopping()) {
      Duration wait = Duration.ofNanos(Math.min(left, HOLD_POLL.toNanos()));
      if (!poll(wait).isEmpty()) {
        throw new IllegalStateException("a paused partition gave records");
      }
      left = deadline - System.nanoTime();
    }
  }

  /** Goes on with all placed partitions after a {@link #hold}. */
  void resume() {
    consumer.resume(KafkaPartitions.of(placed));
  }

  Set<LogPartition> unplaced() {
    return Set.copyOf(unplaced);
  }

  Set<LogPartition> placed() {
    return Set.copyOf(placed);
  }

  /** The partitions that were revoked or lost since the last call. They may have come back. */
  Set<LogPartition> takeDropped() {
    Set<LogPartition> taken = Set.copyOf(dropped);
    dropped.clear();
    return taken;
  }

  /** Begins a partition at an offset. Does nothing if it is not unplaced any more. */
  void place(LogPartition partition, long offset) {
    if (unplaced.remove(partition)) {
      placed.add(partition);
      consumer.seek(KafkaPartitions.of(partition), offset);
      consumer.resume(List.of(KafkaPartitions.of(partition)));
    }
  }

  /** Stops all partitions until they are placed again. */
  void unplaceAll() {
    unplaced.addAll(placed);
    placed.clear();
    consumer.pause(KafkaPartitions.of(unplaced));
  }

  /** The offsets of its group. */
  GroupOffsets offsets() {
    return offsets;
  }

  ConsumerGroupMetadata metadata() {
    return consumer.groupMetadata();
  }

  /** The known number of records in the log that were not fetched yet. */
  long lag() {
    long sum = 0;
    for (LogPartition partition : placed) {
      OptionalLong lag = consumer.currentLag(KafkaPartitions.of(partition));
      sum += lag.orElse(0);
    }
    return sum;
  }

  /** Ends a poll. Safe on any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  /** Leaves the group, after a commit of the noted offsets. */
  void close() {
    try {
      consumer.close(
          CloseOptions.timeout(CLOSE)
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    } catch (KafkaException e) {
      LOG.debug("leaving the group: {}", e.toString());
    }
  }

  private String explained(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(positions.keySet(), CALL);
    Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet(), CALL);
    return positions.entrySet().stream()
        .map(
            entry ->
                new BrokenPosition(
                    KafkaPartitions.ours(entry.getKey()),
                    entry.getValue(),
                    starts.getOrDefault(entry.getKey(), 0L),
                    ends.getOrDefault(entry.getKey(), 0L)))
        .map(BrokenPosition::explained)
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** Kafka calls it inside poll and close, so on the same thread. */
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      consumer.pause(assigned);
      for (TopicPartition kafka : assigned) {
        // Any position keeps Kafka from looking for one; place() sets the true one.
        consumer.seek(kafka, 0);
        unplaced.add(KafkaPartitions.ours(kafka));
      }
      LOG.info("assigned {}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      offsets.commitNow(revoked);
      drop("revoked", revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      drop("lost", lost);
    }

    private void drop(String how, Collection<TopicPartition> gone) {
      Set<LogPartition> partitions =
          gone.stream().map(KafkaPartitions::ours).collect(Collectors.toSet());
      if (partitions.isEmpty()) {
        return;
      }
      offsets.forget(gone);
      unplaced.removeAll(partitions);
      placed.removeAll(partitions);
      dropped.addAll(partitions);
      LOG.info("{} {}", how, gone);
      try {
        owner.revoked(partitions);
      } catch (RuntimeException e) {
        callbackFailure = e;
      }
    }
  }
}
