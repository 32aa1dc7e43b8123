/** Reading partitions without a group: to their end and on, or once. */
@NullMarked
package im.linnet.log.follow;

import org.jspecify.annotations.NullMarked;
