/** A chat in a terminal, on the Java client. */
@NullMarked
package im.linnet.cli.chat;

import org.jspecify.annotations.NullMarked;
