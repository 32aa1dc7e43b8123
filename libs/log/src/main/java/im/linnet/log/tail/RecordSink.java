package im.linnet.log.tail;

import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;

/** Who gets the records of one key of one partition. Called on the tail's thread only. */
public interface RecordSink {
  /** The next record, in offset order; stale, malformed and repeated ones do not come. */
  void take(Decoded.Valid<? extends LogEvent> record);

  /**
   * The partition begins anew, or a record could not be taken in: what comes next may lie behind a
   * gap. The sink has been taken off the partition.
   */
  void interrupted(StreamPartition partition);
}
