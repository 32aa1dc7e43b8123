package im.linnet.log;

import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Translates our names of partitions to Kafka's and back. Pure. Public for the packages of this
 * module; no type of Kafka leaves the module.
 */
public final class KafkaPartitions {
  private KafkaPartitions() {}

  /** Kafka's name of a partition. */
  public static TopicPartition of(LogPartition partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  /** Kafka's name of a stream's partition. */
  public static TopicPartition of(StreamPartition partition) {
    return new TopicPartition(partition.stream().topic(), partition.partition());
  }

  /** Kafka's names of some partitions. */
  public static Set<TopicPartition> of(Collection<LogPartition> partitions) {
    Set<TopicPartition> named = new HashSet<>();
    partitions.forEach(partition -> named.add(of(partition)));
    return named;
  }

  /** Our name of a partition. */
  public static LogPartition ours(TopicPartition partition) {
    return new LogPartition(partition.topic(), partition.partition());
  }
}
