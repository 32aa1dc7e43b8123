/**
 * From authenticated to live: what the client missed, in order, each record once, then the tail.
 */
@NullMarked
package im.linnet.edge.attach;

import org.jspecify.annotations.NullMarked;
