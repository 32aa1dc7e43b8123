package im.linnet.log.publish;

import org.jspecify.annotations.Nullable;

/**
 * A record to publish.
 *
 * @param topic the Kafka topic
 * @param key the record key; decides the partition (murmur2, Kafka's own)
 * @param value the JSON value, which nobody changes later; null for a tombstone
 * @param type {@code ce_type}
 * @param id {@code ce_id}; an event that is published again has the same one
 * @param source {@code ce_source}
 * @param session the session that asked, null without one
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
