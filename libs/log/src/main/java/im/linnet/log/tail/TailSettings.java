package im.linnet.log.tail;

import java.time.Duration;

/**
 * The bounds of a tail.
 *
 * @param ringBytes what the rings of all partitions may hold together
 * @param linger how long a partition is kept after its last user left, so that a reconnect finds
 *     its ring
 * @param filterBytes what the duplicate filters of all partitions may hold together: 43 to 86 bytes
 *     for each message of the last 30 to 40 s
 * @param silence without an answer from Kafka for so long, the tail's check fails
 */
public record TailSettings(long ringBytes, Duration linger, long filterBytes, Duration silence) {}
