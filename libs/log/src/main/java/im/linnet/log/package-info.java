/**
 * The log: all that Linnet does with Kafka, one package for each way of use. This package holds the
 * settings of the clients, and the types that the other packages share. No type of Kafka leaves the
 * module.
 */
@NullMarked
package im.linnet.log;

import org.jspecify.annotations.NullMarked;
