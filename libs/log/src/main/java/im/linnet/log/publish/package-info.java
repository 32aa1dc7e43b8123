/** Publishing into the log without blocking, and the outcome of each record. */
@NullMarked
package im.linnet.log.publish;

import org.jspecify.annotations.NullMarked;
