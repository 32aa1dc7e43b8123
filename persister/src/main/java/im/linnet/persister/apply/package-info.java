/** The applier. It judges and plans a batch of the log without I/O, and then writes it. */
@NullMarked
package im.linnet.persister.apply;

import org.jspecify.annotations.NullMarked;
