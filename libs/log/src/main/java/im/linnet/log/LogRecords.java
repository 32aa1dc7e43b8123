package im.linnet.log;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Translates Kafka's consumer records to those of the contract. Pure. Public for the packages of
 * this module; no type of Kafka leaves the module.
 */
public final class LogRecords {
  private LogRecords() {}

  /**
   * The record of the contract; it shares the bytes. Of two headers with one name the first counts.
   */
  public static LogRecord of(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] type = null;
    byte @Nullable [] id = null;
    byte @Nullable [] source = null;
    byte @Nullable [] time = null;
    byte @Nullable [] session = null;
    for (Header header : record.headers()) {
      switch (header.key()) {
        case EventHeaders.TYPE -> type = type == null ? header.value() : type;
        case EventHeaders.ID -> id = id == null ? header.value() : id;
        case EventHeaders.SOURCE -> source = source == null ? header.value() : source;
        case EventHeaders.TIME -> time = time == null ? header.value() : time;
        case EventHeaders.SESSION -> session = session == null ? header.value() : session;
        default -> {
          // Other headers are for other readers.
        }
      }
    }
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        new EventHeaders(type, id, source, time, session));
  }

  /** The records and the next offsets of one poll. */
  public static Batch batch(ConsumerRecords<byte[], byte[]> polled) {
    List<LogRecord> records = new ArrayList<>(polled.count());
    for (ConsumerRecord<byte[], byte[]> each : polled) {
      records.add(of(each));
    }
    Map<LogPartition, Long> next = new HashMap<>();
    polled
        .nextOffsets()
        .forEach((partition, offset) -> next.put(KafkaPartitions.ours(partition), offset.offset()));
    return new Batch(records, next);
  }
}
