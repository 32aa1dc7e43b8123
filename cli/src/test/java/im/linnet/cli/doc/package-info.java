/** The commands of the documentation and of the help texts, tried. */
@NullMarked
package im.linnet.cli.doc;

import org.jspecify.annotations.NullMarked;
