/**
 * The documents of the view: collection and field names. Given names are marked as given; the
 * others are Linnet's own.
 */
@NullMarked
package im.linnet.schemas.document;

import org.jspecify.annotations.NullMarked;
