/**
 * The view: the content of the log as documents. One interface, the in-memory view that specifies
 * it, and the MongoDB implementation in its own package.
 */
@NullMarked
package im.linnet.records;

import org.jspecify.annotations.NullMarked;
