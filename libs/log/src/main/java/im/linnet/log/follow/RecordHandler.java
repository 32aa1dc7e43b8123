package im.linnet.log.follow;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MalformedEventException;

/** Takes records one by one on the thread of its reader, in the order of each partition. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * Takes one record. If it throws, the record is counted, logged and passed over: one bad record
   * must not stop the records after it.
   *
   * @throws MalformedEventException if the record cannot be read
   */
  void handle(LogRecord record) throws MalformedEventException;
}
