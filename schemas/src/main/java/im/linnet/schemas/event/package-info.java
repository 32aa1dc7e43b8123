/**
 * What stands in the log: sealed families of events, one per Kafka topic family, and their codecs.
 * A value's JSON is byte for byte the body of the push that a recipient gets.
 */
@NullMarked
package im.linnet.schemas.event;

import org.jspecify.annotations.NullMarked;
