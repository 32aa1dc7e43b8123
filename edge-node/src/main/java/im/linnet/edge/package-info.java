/** An edge node: client sessions over TCP and WebSocket in front of the log. */
@NullMarked
package im.linnet.edge;

import org.jspecify.annotations.NullMarked;
