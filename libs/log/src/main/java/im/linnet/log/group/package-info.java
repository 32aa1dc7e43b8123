/** Consuming in a group: plain, and in transactions, each instance by its own name. */
@NullMarked
package im.linnet.log.group;

import org.jspecify.annotations.NullMarked;
