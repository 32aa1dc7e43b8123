package im.linnet.log.publish;

/**
 * The durable place of a published record.
 *
 * @param partition the partition
 * @param offset the offset
 * @param timestamp the broker's append time, ms
 */
public record Appended(int partition, long offset, long timestamp) {}
