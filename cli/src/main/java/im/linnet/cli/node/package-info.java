/** What runs: one composition per process, wired by hand, and what keeps it in the foreground. */
@NullMarked
package im.linnet.cli.node;

import org.jspecify.annotations.NullMarked;
