/**
 * The presence-tracker: the online users, their sessions' edges, and the live edges. It reads
 * {@code im.session.v1} and {@code im.edge.v1}, writes {@code im.presence.v1} exactly once, and
 * mirrors that into the store. The decisions are pure; {@link im.linnet.presence.PresenceTracker}
 * wires them to Kafka.
 */
@NullMarked
package im.linnet.presence;

import org.jspecify.annotations.NullMarked;
