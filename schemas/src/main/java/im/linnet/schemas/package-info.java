/**
 * The contract that every Linnet process and every tool shares: places in the log, topic catalogue,
 * events, frames, codes and documents. Pure values and codecs; nothing here does I/O.
 */
@NullMarked
package im.linnet.schemas;

import org.jspecify.annotations.NullMarked;
