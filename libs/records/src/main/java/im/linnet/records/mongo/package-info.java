/** The view in MongoDB. */
@NullMarked
package im.linnet.records.mongo;

import org.jspecify.annotations.NullMarked;
