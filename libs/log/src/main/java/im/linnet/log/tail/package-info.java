/**
 * The tail of the log, as an edge follows it: rings of the newest records, duplicate filters and
 * dispatch by record key. What decides is in pure classes around {@link TailState}; {@link
 * TailReader} is the thread and the Kafka consumer that drive it.
 */
@NullMarked
package im.linnet.log.tail;

import org.jspecify.annotations.NullMarked;
