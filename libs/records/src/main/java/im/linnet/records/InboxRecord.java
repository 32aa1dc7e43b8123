package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * One delivered record, as it stands in the log; the edit of a recalled message has no text any
 * more.
 *
 * @param stream its stream
 * @param key the user or topic that it is delivered by; see {@link #readerKey}
 * @param partition its partition
 * @param offset its offset
 * @param time its broker time, ms
 * @param value the record's JSON value, untouched
 */
@SuppressWarnings("ArrayRecordComponent") // stored bytes are delivered bytes
public record InboxRecord(
    Stream stream, String key, int partition, long offset, long time, byte[] value) {
  /**
   * The key of the records that are delivered to one user alone in a partition of the topic stream:
   * marks of their own in large topics. It is no topic's, since a topic's id holds no slash.
   */
  public static String readerKey(int partition, String user) {
    return "reader/" + partition + "/" + user;
  }

  /** Its place. */
  public Position at() {
    return new Position(stream, partition, offset);
  }

  /** This record with no text, if it is an edit of that message; null if it is not. */
  public @Nullable InboxRecord withoutText(MessageId message) {
    try {
      return InboxEventCodec.decode(stream, EditEvent.TYPE, value) instanceof EditEvent edit
              && edit.message().equals(message)
          ? new InboxRecord(
              stream,
              key,
              partition,
              offset,
              time,
              InboxEventCodec.encode(new EditEvent(message, "", edit.of(), edit.since())))
          : null;
    } catch (MalformedEventException e) {
      return null; // it is of another type
    }
  }
}
