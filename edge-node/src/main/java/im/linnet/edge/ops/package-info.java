/** What operators see: health, metrics, the edge's own heartbeat in the log. */
@NullMarked
package im.linnet.edge.ops;

import org.jspecify.annotations.NullMarked;
