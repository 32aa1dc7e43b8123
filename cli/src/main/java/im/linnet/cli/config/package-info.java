/**
 * Options of the {@code linnet} command and where their values come from: flags, then the
 * environment, then a file, then the default. All is checked before a socket opens.
 */
@NullMarked
package im.linnet.cli.config;

import org.jspecify.annotations.NullMarked;
