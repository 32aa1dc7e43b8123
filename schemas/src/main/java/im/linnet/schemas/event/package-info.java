/**
 * The events in the log: sealed families, one per family of Kafka topics, and their codecs. The
 * JSON of a value is byte for byte the body of the recipient's push.
 */
@NullMarked
package im.linnet.schemas.event;

import org.jspecify.annotations.NullMarked;
