/** The pages of the documentation, and the commands in them. */
@NullMarked
package im.linnet.testkit.doc;

import org.jspecify.annotations.NullMarked;
