/** The online users and their devices, folded from the log. */
@NullMarked
package im.linnet.edge.presence;

import org.jspecify.annotations.NullMarked;
