package im.linnet.log.tail;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** From Kafka's types to ours. */
final class KafkaRecords {
  private KafkaRecords() {}

  static TopicPartition partition(StreamPartition partition) {
    return new TopicPartition(partition.stream().topic(), partition.partition());
  }

  static LogRecord record(ConsumerRecord<byte[], byte[]> record) {
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers(record));
  }

  private static EventHeaders headers(ConsumerRecord<byte[], byte[]> record) {
    byte[] type = null;
    byte[] id = null;
    byte[] source = null;
    byte[] time = null;
    byte[] session = null;
    for (Header header : record.headers()) {
      switch (header.key()) {
        case EventHeaders.TYPE -> type = header.value();
        case EventHeaders.ID -> id = header.value();
        case EventHeaders.SOURCE -> source = header.value();
        case EventHeaders.TIME -> time = header.value();
        case EventHeaders.SESSION -> session = header.value();
        default -> {
          // a header that no reader of ours looks at
        }
      }
    }
    return new EventHeaders(type, id, source, time, session);
  }
}
