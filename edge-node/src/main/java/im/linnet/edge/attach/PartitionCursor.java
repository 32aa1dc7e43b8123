package im.linnet.edge.attach;

import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;
import java.nio.charset.StandardCharsets;

/**
 * How far one session has come in one partition in which it receives records, under one key. A
 * session's steps follow each other, so one thread at a time has it.
 */
final class PartitionCursor {
  private final StreamPartition partition;
  private final String key;
  private final byte[] rawKey;
  private long place;
  private boolean unread;

  /** The session has seen nothing of that partition: it gets what is unread. */
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

  /** Visits the session's records in the ring, from {@code from} on; where to go on. */
  long replay(TailState tail, long from, TailState.Visitor visitor) {
    return tail.replay(partition, rawKey, from, visitor);
  }

  /** Visits what the ring has for the session above its place, and moves it behind that. */
  void replay(TailState tail, TailState.Visitor visitor) {
    reach(replay(tail, place, visitor));
  }

  /** From the next record on, the session is pushed what it receives here. */
  void join(Subscriptions subscriptions, TailState tail, LiveSession session) {
    subscriptions.join(tail, partition, key, session, place);
  }

  /** The session is pushed nothing more; nothing happens where it never joined. */
  void leave(Subscriptions subscriptions, TailState tail, LiveSession session) {
    subscriptions.leave(tail, partition, key, session);
  }

  /** The lowest offset that the session has not seen. */
  long place() {
    return place;
  }

  /** Whether what it gets first is what is unread, so that a ring cannot serve it yet. */
  boolean unread() {
    return unread;
  }

  /** It has seen all below that offset. */
  void reach(long offset) {
    place = Math.max(place, offset);
    unread = false;
  }
}
