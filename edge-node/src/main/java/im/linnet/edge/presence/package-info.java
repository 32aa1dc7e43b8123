/** Who is online on which devices, folded from the log. */
@NullMarked
package im.linnet.edge.presence;

import org.jspecify.annotations.NullMarked;
