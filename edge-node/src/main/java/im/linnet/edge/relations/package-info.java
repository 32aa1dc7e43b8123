/** How the users of an edge's sessions stand to others: friends and blocks. */
@NullMarked
package im.linnet.edge.relations;

import org.jspecify.annotations.NullMarked;
