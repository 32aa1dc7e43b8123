package im.linnet.edge.attach;

import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;
import java.nio.charset.StandardCharsets;

/**
 * The place of one session in one partition in which it receives records, under one key. The steps
 * of a session run one after the other, so one thread at a time uses it.
 */
final class PartitionCursor {
  private final StreamPartition partition;
  private final String key;
  private final byte[] rawKey;
  private long place;
  private boolean unread;

  /** The session has seen nothing of that partition: it gets the unread messages. */
  PartitionCursor(StreamPartition partition, String key) {
    this.partition = partition;
    this.key = key;
    this.rawKey = key.getBytes(StandardCharsets.UTF_8);
    this.unread = true;
  }

  StreamPartition partition() {
    return partition;
  }

  String key() {
    return key;
  }

  /**
   * Visits the session's records in the ring from {@code from} on. Returns the offset to go on at.
   */
  long replay(TailState tail, long from, TailState.Visitor visitor) {
    return tail.replay(partition, rawKey, from, visitor);
  }

  /** Visits the session's records in the ring from its place on, and moves the place after them. */
  void replay(TailState tail, TailState.Visitor visitor) {
    reach(replay(tail, place, visitor));
  }

  /** Pushes the next records of this partition to the session. */
  void join(Subscriptions subscriptions, TailState tail, LiveSession session) {
    subscriptions.join(tail, partition, key, session, place);
  }

  /** Ends the pushes to the session. Does nothing if they never began. */
  void leave(Subscriptions subscriptions, TailState tail, LiveSession session) {
    subscriptions.leave(tail, partition, key, session);
  }

  /** The lowest offset that the session has not seen. */
  long place() {
    return place;
  }

  /** Whether it gets the unread messages first, so that a ring cannot serve it yet. */
  boolean unread() {
    return unread;
  }

  /** Notes that the session has seen all below that offset. */
  void reach(long offset) {
    place = Math.max(place, offset);
    unread = false;
  }
}
