/**
 * The way of a session from authenticated to live: first the records that the client has missed, in
 * order and each once, then the tail.
 */
@NullMarked
package im.linnet.edge.attach;

import org.jspecify.annotations.NullMarked;
