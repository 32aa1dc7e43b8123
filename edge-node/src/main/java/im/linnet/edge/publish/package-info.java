/** The way of a client's message into the log: once, in order, acknowledged when durable. */
@NullMarked
package im.linnet.edge.publish;

import org.jspecify.annotations.NullMarked;
