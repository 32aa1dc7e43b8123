/**
 * The presence-tracker: who is online, where, and which edges live. It reads {@code im.session.v1}
 * and {@code im.edge.v1}, writes {@code im.presence.v1} exactly once, and mirrors that into the
 * store. Deciding is pure; {@link im.linnet.presence.PresenceTracker} wires it to Kafka.
 */
@NullMarked
package im.linnet.presence;

import org.jspecify.annotations.NullMarked;
