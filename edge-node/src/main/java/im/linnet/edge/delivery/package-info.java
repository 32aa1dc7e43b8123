/** From the tail to the sessions: dispatch by record key, before anything is parsed. */
@NullMarked
package im.linnet.edge.delivery;

import org.jspecify.annotations.NullMarked;
