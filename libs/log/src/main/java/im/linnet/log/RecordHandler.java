package im.linnet.log;

import im.linnet.schemas.LogRecord;

/** Takes records one by one, on its reader's thread, in the order of each partition. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * Takes one record. What it throws is counted and shown by the reader's {@code check()}, and the
   * reader goes on with the next record: a record that may be malformed is for the handler to
   * judge.
   */
  void handle(LogRecord record);
}
