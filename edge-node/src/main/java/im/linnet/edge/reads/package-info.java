/** The bounded way from event loops to the store. */
@NullMarked
package im.linnet.edge.reads;

import org.jspecify.annotations.NullMarked;
