package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;

/** A live session under one key. Immutable. */
final class Subscriber {
  private final LiveSession session;
  private final long from;
  private final long joined;

  /**
   * @param from the lowest offset that it has not seen
   * @param joined the offset from which on its user receives the records of the key
   */
  Subscriber(LiveSession session, long from, long joined) {
    this.session = session;
    this.joined = joined;
    this.from = from;
  }

  LiveSession session() {
    return session;
  }

  /**
   * Whether it is pushed that record: it is for its user, and the session has neither seen it nor
   * asked for it itself.
   */
  boolean wants(Decoded.Valid<? extends LogEvent> record) {
    return record.record().offset() >= from
        && Pushes.isFor(record.event(), session.user(), joined)
        && !Pushes.isOwn(record.record(), session.id());
  }

  /** Pushes a record to it; false if its session has ended. On one thread at a time. */
  boolean push(StreamPartition partition, Decoded.Valid<? extends LogEvent> record, byte[] frame) {
    // First, since the client may ask for what it was pushed before this thread goes on.
    Pushes.saw(session.seenOffsets(), partition, record);
    return session.outbox().push(frame, record.record().timestamp());
  }
}
