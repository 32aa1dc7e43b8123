package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import org.apache.kafka.common.TopicPartition;

/** From our names to Kafka's. */
final class KafkaPartitions {
  private KafkaPartitions() {}

  static TopicPartition of(StreamPartition partition) {
    return new TopicPartition(partition.stream().topic(), partition.partition());
  }
}
