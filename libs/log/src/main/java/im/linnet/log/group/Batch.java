package im.linnet.log.group;

import im.linnet.log.LogPartition;
import im.linnet.log.LogRecords;
import im.linnet.schemas.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What one poll brought.
 *
 * @param records in the order of each partition
 * @param next per partition that moved, the offset where it goes on; passes transaction markers
 */
record Batch(List<LogRecord> records, Map<LogPartition, Long> next) {
  static Batch of(ConsumerRecords<byte[], byte[]> polled) {
    List<LogRecord> records = new ArrayList<>(polled.count());
    for (ConsumerRecord<byte[], byte[]> each : polled) {
      records.add(LogRecords.of(each));
    }
    Map<LogPartition, Long> next = new HashMap<>();
    polled
        .nextOffsets()
        .forEach((kafka, offset) -> next.put(GroupMember.partition(kafka), offset.offset()));
    return new Batch(records, next);
  }

  Batch without(Set<LogPartition> gone) {
    if (gone.isEmpty()) {
      return this;
    }
    Map<LogPartition, Long> left = new HashMap<>(next);
    left.keySet().removeAll(gone);
    return new Batch(
        records.stream()
            .filter(record -> !gone.contains(new LogPartition(record.topic(), record.partition())))
            .toList(),
        left);
  }
}
