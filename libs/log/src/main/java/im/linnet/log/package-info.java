/**
 * The log: all that Linnet does with Kafka, one package for each way of use. Here stand the
 * clients' settings and the words that all packages share. Kafka's own types stay inside this
 * module.
 */
@NullMarked
package im.linnet.log;

import org.jspecify.annotations.NullMarked;
