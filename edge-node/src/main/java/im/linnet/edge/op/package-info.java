/** The ops of the protocol: one file each, and {@link im.linnet.edge.op.Ops}, the list of them. */
@NullMarked
package im.linnet.edge.op;

import org.jspecify.annotations.NullMarked;
