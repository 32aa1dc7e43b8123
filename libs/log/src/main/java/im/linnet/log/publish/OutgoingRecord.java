package im.linnet.log.publish;

import org.jspecify.annotations.Nullable;

/**
 * A record to publish.
 *
 * @param topic the Kafka topic
 * @param key the record key; decides the partition (murmur2, Kafka's own)
 * @param value the JSON value, not changed by anybody afterwards; null for a tombstone
 * @param type {@code ce_type}
 * @param id {@code ce_id}: the same again when the same event is published again
 * @param source {@code ce_source}
 * @param session the session that asked, null where none did
 */
@SuppressWarnings("ArrayRecordComponent") // encoded once, written once
public record OutgoingRecord(
    String topic,
    String key,
    byte @Nullable [] value,
    String type,
    String id,
    String source,
    @Nullable String session) {}
