/**
 * The in-memory view: the executable specification of {@link im.linnet.records.RecordStore}, and
 * the embedded default.
 */
@NullMarked
package im.linnet.records.memory;

import org.jspecify.annotations.NullMarked;
