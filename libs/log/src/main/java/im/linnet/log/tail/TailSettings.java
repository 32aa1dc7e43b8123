package im.linnet.log.tail;

import java.time.Duration;

/**
 * The bounds of a tail.
 *
 * @param ringBytes the most bytes of the rings of all partitions together
 * @param linger the time for which a partition is kept after its last user left, so that a client
 *     that comes back finds its ring
 * @param filterBytes the most bytes of the duplicate filters of all partitions together; a message
 *     of the last 30 to 40 s takes 43 to 86 bytes
 * @param silence the tail's check fails after this time without an answer from Kafka
 */
public record TailSettings(long ringBytes, Duration linger, long filterBytes, Duration silence) {}
