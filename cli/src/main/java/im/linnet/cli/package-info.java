/**
 * The {@code linnet} command: one small class per subcommand, which turns options into immutable
 * configuration and hands it to a composition in {@code cli.node}.
 */
@NullMarked
package im.linnet.cli;

import org.jspecify.annotations.NullMarked;
