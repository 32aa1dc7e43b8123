package im.linnet.log.publish;

/**
 * Where a published record stands, durably.
 *
 * @param partition the partition
 * @param offset the offset
 * @param timestamp the broker's append time, ms
 */
public record Appended(int partition, long offset, long timestamp) {}
