package im.linnet.edge.attach;

import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.TailState;
import im.linnet.records.RecordReader;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.List;
import java.util.Set;

/**
 * How far one session has come in one partition in which it receives records. A session's steps
 * follow each other, so one thread at a time has it.
 */
abstract sealed class PartitionCursor permits UserCursor, TopicCursor {
  private final StreamPartition partition;
  private long place;
  private boolean unread = true;

  /** The session has seen nothing of that partition: it gets the unread messages. */
  PartitionCursor(StreamPartition partition) {
    this.partition = partition;
  }

  StreamPartition partition() {
    return partition;
  }

  /** Whether it is of the topic stream: the view is asked which topics the user is in. */
  boolean ofTopics() {
    return !partition.stream().keyedByUser();
  }

  /** The lowest offset that the session has not seen. */
  long place() {
    return place;
  }

  /** Whether it gets the unread messages first, which a ring cannot tell. */
  boolean unread() {
    return unread;
  }

  /** Notes that the session has seen all below that offset. */
  void reach(long offset) {
    place = Math.max(place, offset);
    unread = false;
  }

  /** Whether the store has to be asked before the log or a ring can serve it. */
  boolean unprepared() {
    return unread;
  }

  /** The lowest offset that it needs from the log or a ring. */
  long needs() {
    return place;
  }

  /**
   * The keys under which it receives records, as far as it knows.
   *
   * @param from of the records at and above that offset
   */
  abstract Set<String> keys(long from);

  /** The records that the view has for it; called on a worker. */
  abstract List<StoreSource> sources(RecordReader store, long below);

  /** The records of a scan that may be for the session, in offset order; called on a worker. */
  abstract List<LogRecord> take(LogScanner.Scan scan, RecordDecoder<? extends LogEvent> decoder);

  /** Whether the session receives that record. */
  abstract boolean receives(Decoded.Valid<? extends LogEvent> record);

  /**
   * Brings what the cursor knows of its keys up to the tail, from the ring; a bounded step.
   *
   * @return whether it has come to the tail
   */
  abstract boolean carry(TailState tail);

  /** Visits the session's records in the ring, from {@code from} on; where to go on. */
  abstract long replay(TailState tail, long from, TailState.Visitor visitor);

  /** Visits what the ring has for the session above its place, and moves it on. */
  void replay(TailState tail, TailState.Visitor visitor) {
    reach(replay(tail, place, visitor));
  }

  /** From the next record on, the session is pushed what it receives here. */
  abstract void join(Subscriptions subscriptions, TailState tail, LiveSession session);
}
