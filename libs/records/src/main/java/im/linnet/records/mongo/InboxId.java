package im.linnet.records.mongo;

import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;

/**
 * The {@code _id} of an inbox document: {@code p2p/aa/0000000000000000812/3}. The offset has as
 * many digits as the largest one, so that ids sort as offsets do; the partition stands behind it
 * and takes no part in that. Keys hold no slash.
 */
final class InboxId {
  private static final int DIGITS = 19;
  private static final String ZEROS = "0".repeat(DIGITS);

  private InboxId() {}

  static String of(InboxRecord record) {
    return start(record.stream(), record.key(), record.offset()) + '/' + record.partition();
  }

  /** Sorts below every id of that offset and above those of all lower ones. */
  static String start(Stream stream, String key, long offset) {
    String digits = Long.toString(offset);
    return new StringBuilder(stream.wire().length() + key.length() + DIGITS + 6)
        .append(stream.wire())
        .append('/')
        .append(key)
        .append('/')
        .append(ZEROS, 0, DIGITS - digits.length())
        .append(digits)
        .toString();
  }

  /** The record of that id. */
  static InboxRecord record(String id, long time, byte[] value) {
    int beforePartition = id.lastIndexOf('/');
    int beforeOffset = id.lastIndexOf('/', beforePartition - 1);
    int beforeKey = id.indexOf('/');
    Stream stream = beforeKey < 0 ? null : Stream.ofWire(id.substring(0, beforeKey));
    if (stream == null || beforeOffset <= beforeKey) {
      throw new IllegalStateException("inbox holds '" + id + "', which is not an id of ours");
    }
    return new InboxRecord(
        stream,
        id.substring(beforeKey + 1, beforeOffset),
        Integer.parseInt(id, beforePartition + 1, id.length(), 10),
        offset(id),
        time,
        value);
  }

  /** The offset that an id holds. */
  static long offset(String id) {
    int beforePartition = id.lastIndexOf('/');
    return Long.parseLong(id, beforePartition - DIGITS, beforePartition, 10);
  }
}
