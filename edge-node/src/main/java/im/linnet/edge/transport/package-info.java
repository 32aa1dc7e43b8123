/** Sockets: TCP lines and WebSocket messages, both as connections that carry frames. */
@NullMarked
package im.linnet.edge.transport;

import org.jspecify.annotations.NullMarked;
