package im.linnet.edge.delivery;

import im.linnet.edge.session.SeenOffsets;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.frame.Frames;

/** Makes pushes from records of the log. Pure; safe on any thread. */
public final class Pushes {
  private Pushes() {}

  /** The frame of a record that counts: its place and time, then its own bytes. */
  public static byte[] frame(StreamPartition partition, LogRecord record) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException(record.place() + " is a tombstone");
    }
    return Frames.push(
        partition.stream(), partition.partition(), record.offset(), record.timestamp(), value);
  }

  /**
   * Whether a user who receives the records of its key is pushed that event. A topic's read mark
   * may be for the reader alone, and an edit for those who may see its message.
   *
   * @param joined the offset from which on the user receives them without a break
   */
  public static boolean isFor(LogEvent event, String user, long joined) {
    return switch (event) {
      case ReadEvent read -> read.audience() != Audience.READER || read.reader().equals(user);
      case EditEvent edit -> edit.isFor(joined);
      default -> event.isPushed();
    };
  }

  /**
   * Whether the session asked for this record itself, so that it has the reply.
   *
   * @param sessionId of ASCII characters
   */
  public static boolean isOwn(LogRecord record, String sessionId) {
    byte[] asker = record.headers().session();
    if (asker == null || asker.length != sessionId.length()) {
      return false;
    }
    // Ids of one edge differ at their end.
    for (int i = asker.length - 1; i >= 0; i--) {
      if (asker[i] != sessionId.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Notes that the session has seen the pushed record, and the record that it names. */
  public static void saw(
      SeenOffsets places, StreamPartition partition, Decoded.Valid<? extends LogEvent> record) {
    places.saw(partition, record.record().offset());
    Origin origin = record.event().of();
    if (origin != null) {
      places.saw(origin.at());
    }
  }
}
