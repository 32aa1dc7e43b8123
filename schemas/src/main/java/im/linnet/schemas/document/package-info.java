/**
 * The documents of the view: collection and field names as they are given, with ours beside them.
 */
@NullMarked
package im.linnet.schemas.document;

import org.jspecify.annotations.NullMarked;
