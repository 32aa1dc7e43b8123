package im.linnet.log.follow;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MalformedEventException;

/** Takes records one by one, on its reader's thread, in the order of each partition. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * Takes one record. A record at which it throws is counted, told of in the log and passed over:
   * one bad record must not stop those after it.
   *
   * @throws MalformedEventException if the record cannot be read
   */
  void handle(LogRecord record) throws MalformedEventException;
}
