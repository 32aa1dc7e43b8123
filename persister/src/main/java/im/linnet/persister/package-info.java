/**
 * The persister: the one writer of the view. {@link im.linnet.persister.Persister} wires the
 * applier to Kafka and a store; {@link im.linnet.persister.Rebuild} makes the view anew.
 */
@NullMarked
package im.linnet.persister;

import org.jspecify.annotations.NullMarked;
