package im.linnet.edge.delivery;

import im.linnet.edge.session.SeenOffsets;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.frame.Frames;
import java.util.Arrays;

/** From a record of the log to the push that a session gets. Pure; safe on any thread. */
public final class Pushes {
  private Pushes() {}

  /** The frame of a record that counts: its place and time in front of its own bytes. */
  public static byte[] frame(StreamPartition partition, LogRecord record) {
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException(record.place() + " is a tombstone");
    }
    return Frames.push(
        partition.stream(), partition.partition(), record.offset(), record.timestamp(), value);
  }

  /** Whether the session asked for this record itself, so that it has the reply. */
  public static boolean isOwn(LogRecord record, byte[] sessionId) {
    return Arrays.equals(record.headers().session(), sessionId);
  }

  /** The session has been pushed that record, and so has heard of the one that it names. */
  public static void saw(
      SeenOffsets places, StreamPartition partition, Decoded.Valid<? extends LogEvent> record) {
    places.saw(partition, record.record().offset());
    Origin origin = record.event().of();
    if (origin != null) {
      places.saw(origin.at());
    }
  }
}
