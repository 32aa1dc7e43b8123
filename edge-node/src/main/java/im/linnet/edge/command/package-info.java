/** Commands to the decider, and the verdicts on them. */
@NullMarked
package im.linnet.edge.command;

import org.jspecify.annotations.NullMarked;
