package im.linnet.records.mongo;

import im.linnet.records.InboxRecord;
import im.linnet.schemas.Stream;

/**
 * The {@code _id} of an inbox document: {@code p2p/aa/0000000000000000812/3}. It sorts as {@link
 * LogId} does; the partition stands after the offset and takes no part in that.
 */
final class InboxId {
  private static final String TOPIC_READER = "topic-reader/";

  private InboxId() {}

  static String of(InboxRecord record) {
    return LogId.of(prefix(record.stream(), record.key()), record.offset())
        + '/'
        + record.partition();
  }

  /** The part before the offset. */
  static String prefix(Stream stream, String key) {
    // Records of the topic stream for one user alone: topic-reader/3/aa.
    return stream.wire() + (isPlain(key) ? '/' : '-') + key;
  }

  /** Whether it is a user or a topic, so that messages may stand under it. */
  static boolean isPlain(String key) {
    return key.indexOf('/') < 0;
  }

  /** The record of that id. */
  static InboxRecord record(String id, long time, byte[] value) {
    int beforePartition = id.lastIndexOf('/');
    int beforeOffset = id.lastIndexOf('/', beforePartition - 1);
    int beforeKey = id.startsWith(TOPIC_READER) ? id.indexOf('-') : id.indexOf('/');
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
    return LogId.offset(id, beforePartition);
  }
}
