/** The pages and signals for operators: health, metrics, the edge's own heartbeat in the log. */
@NullMarked
package im.linnet.edge.ops;

import org.jspecify.annotations.NullMarked;
