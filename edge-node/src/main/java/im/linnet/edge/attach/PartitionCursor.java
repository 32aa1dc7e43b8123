package im.linnet.edge.attach;

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

  byte[] rawKey() {
    return rawKey;
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
