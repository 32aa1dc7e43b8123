package im.linnet.log.group;

import im.linnet.log.KafkaPartitions;
import im.linnet.log.LogPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group's offsets in Kafka, read and written by one member. Owned by the member's thread. */
final class GroupOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration COMMIT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final boolean commits;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  /**
   * @param commits whether {@link #handled} offsets are committed at all
   */
  GroupOffsets(Consumer<byte[], byte[]> consumer, boolean commits) {
    this.consumer = consumer;
    this.commits = commits;
  }

  /**
   * The group's offsets, once no transaction is open on them; the start of the log for a partition
   * without one.
   */
  Map<LogPartition, Long> committed(Set<LogPartition> partitions) {
    Map<LogPartition, Long> found = new HashMap<>();
    Set<TopicPartition> without = new HashSet<>();
    consumer
        .committed(KafkaPartitions.of(partitions), CALL)
        .forEach(
            (kafka, offset) -> {
              if (offset == null) {
                without.add(kafka);
              } else {
                found.put(KafkaPartitions.ours(kafka), offset.offset());
              }
            });
    if (!without.isEmpty()) {
      consumer
          .beginningOffsets(without, CALL)
          .forEach((kafka, offset) -> found.put(KafkaPartitions.ours(kafka), offset));
    }
    return found;
  }

  /** Notes the offset after the handled records, for the next commit. */
  void handled(Map<LogPartition, Long> next) {
    if (commits) {
      next.forEach(
          (partition, offset) ->
              uncommitted.put(KafkaPartitions.of(partition), new OffsetAndMetadata(offset)));
    }
  }

  /** Commits the noted offsets without waiting. A failure does no harm. */
  void commitLater() {
    if (!uncommitted.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(uncommitted);
      uncommitted.clear();
      consumer.commitAsync(
          offsets,
          (given, failure) -> {
            if (failure != null) {
              LOG.debug("group offsets not committed: {}", failure.toString());
            }
          });
    }
  }

  /**
   * Commits the noted offsets of partitions that are revoked, and waits. A failure does no harm.
   */
  void commitNow(Collection<TopicPartition> going) {
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
    last.keySet().retainAll(going);
    if (!last.isEmpty()) {
      try {
        consumer.commitSync(last, COMMIT);
      } catch (KafkaException e) {
        LOG.debug("group offsets not committed: {}", e.toString());
      }
    }
  }

  /** Forgets partitions that another member will commit. */
  void forget(Collection<TopicPartition> gone) {
    uncommitted.keySet().removeAll(gone);
  }
}
