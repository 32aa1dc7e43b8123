/** The applier: a batch of the log is judged and planned without I/O, then written. */
@NullMarked
package im.linnet.persister.apply;

import org.jspecify.annotations.NullMarked;
