package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;

/** Gets the records of one key of one partition. Called on the tail's thread only. */
public interface RecordSink {
  /** Takes the next record, in offset order. Stale, malformed and repeated records do not come. */
  void take(Decoded.Valid<? extends LogEvent> record);

  /**
   * The partition begins anew, or a record could not be taken in, so there may be a gap before the
   * next record. The sink was removed from the partition.
   */
  void interrupted(StreamPartition partition);
}
