package im.linnet.log.topics;

import im.linnet.log.KafkaPartitions;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka for the offsets at which partitions begin and end, and for those of consumer groups.
 * It uses the client of a {@link TopicAdmin}, which must stay open. Safe on any thread. The calls
 * block for some 10 s at most and then fail with {@link im.linnet.log.LogUnavailableException}; the
 * {@code Async} ones do not block.
 */
public final class LogOffsets implements LogEnds {
  private final AdminAnswers answers;
  private final Admin admin;

  LogOffsets(AdminAnswers answers, Admin admin) {
    this.answers = answers;
    this.admin = admin;
  }

  /** As {@link #endOffsetsAsync}, but blocks until the answer. */
  public Map<LogPartition, Long> ends(Collection<LogPartition> partitions) {
    return offsets("end offsets", partitions, OffsetSpec.latest());
  }

  /** The offset of the first record that each partition still has. */
  public Map<LogPartition, Long> starts(Collection<LogPartition> partitions) {
    return offsets("start offsets", partitions, OffsetSpec.earliest());
  }

  /**
   * The next offset of a consumer group in each partition. Partitions without a commit are left
   * out. The commits of an open transaction do not count.
   */
  public Map<LogPartition, Long> ofGroup(String group, Collection<LogPartition> partitions) {
    List<TopicPartition> wanted = List.copyOf(KafkaPartitions.of(partitions));
    Map<LogPartition, Long> found = new HashMap<>();
    answers
        .get(
            "the offsets of the group " + group,
            admin
                .listConsumerGroupOffsets(
                    Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(wanted)))
                .partitionsToOffsetAndMetadata(group))
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                found.put(KafkaPartitions.ours(partition), committed.offset());
              }
            });
    return Map.copyOf(found);
  }

  @Override
  public CompletableFuture<Map<LogPartition, Long>> endOffsetsAsync(
      Collection<LogPartition> partitions) {
    return answers
        .bounded("end offsets", list(partitions, OffsetSpec.latest()).all())
        .thenApply(LogOffsets::byPartition);
  }

  @Override
  public Map<LogPartition, CompletableFuture<Long>> eachEndOffsetAsync(
      Collection<LogPartition> partitions) {
    ListOffsetsResult asked = list(partitions, OffsetSpec.latest());
    Map<LogPartition, CompletableFuture<Long>> ends = new HashMap<>();
    for (LogPartition partition : partitions) {
      ends.put(
          partition,
          answers
              .bounded("end offsets", asked.partitionResult(KafkaPartitions.of(partition)))
              .thenApply(ListOffsetsResultInfo::offset));
    }
    return ends;
  }

  private Map<LogPartition, Long> offsets(
      String what, Collection<LogPartition> partitions, OffsetSpec spec) {
    return byPartition(answers.get(what, list(partitions, spec).all()));
  }

  private ListOffsetsResult list(Collection<LogPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (LogPartition partition : partitions) {
      wanted.put(KafkaPartitions.of(partition), spec);
    }
    return admin.listOffsets(wanted);
  }

  private static Map<LogPartition, Long> byPartition(
      Map<TopicPartition, ListOffsetsResultInfo> found) {
    Map<LogPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(KafkaPartitions.ours(partition), info.offset()));
    return Map.copyOf(offsets);
  }
}
