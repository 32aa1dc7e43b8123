/**
 * Settings as components of records: flag, default, bounds and meaning stand at one place. Knows no
 * command line and no file. Their readers ask {@link im.linnet.settings.Settings} for the list.
 */
@NullMarked
package im.linnet.settings;

import org.jspecify.annotations.NullMarked;
