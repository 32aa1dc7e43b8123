/**
 * The log: all that Linnet does with Kafka. Publishing without blocking, consuming in a group,
 * tailing without one, and knowing how far the view is. Kafka's own types stay inside this module.
 */
@NullMarked
package im.linnet.log;

import org.jspecify.annotations.NullMarked;
