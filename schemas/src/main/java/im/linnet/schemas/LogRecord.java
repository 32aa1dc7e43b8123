package im.linnet.schemas;

import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in the log, unparsed. The arrays belong to the record and are never
 * changed.
 *
 * @param topic the Kafka topic
 * @param partition its partition
 * @param offset its offset
 * @param timestamp the broker's append time, ms
 * @param key the record key, UTF-8
 * @param value the JSON value; null for a tombstone
 * @param headers the CloudEvents headers
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path passes the log's bytes on as they are
public record LogRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    EventHeaders headers) {

  /** {@code topic-partition@offset}, as logs quote a record. */
  public String place() {
    return topic + "-" + partition + "@" + offset;
  }
}
