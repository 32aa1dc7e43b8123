package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;

/**
 * One delivered record, as it stands in the log.
 *
 * @param stream its stream
 * @param key the user or topic that it stands under
 * @param partition its partition
 * @param offset its offset
 * @param time its broker time, ms
 * @param value the record's JSON value, untouched
 */
@SuppressWarnings("ArrayRecordComponent") // stored bytes are delivered bytes
public record InboxRecord(
    Stream stream, String key, int partition, long offset, long time, byte[] value) {
  /** Its place. */
  public Position at() {
    return new Position(stream, partition, offset);
  }
}
