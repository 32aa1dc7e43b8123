/**
 * The processes: one composition for each, wired by hand, and the code that keeps it in the
 * foreground.
 */
@NullMarked
package im.linnet.cli.node;

import org.jspecify.annotations.NullMarked;
