/**
 * {@code linnet bench}: figures over real sockets and separate processes, beside a yardstick in the
 * same run. Each figure that a target names is CPU time per message or a ratio, never a bare rate.
 */
@NullMarked
package im.linnet.bench;

import org.jspecify.annotations.NullMarked;
