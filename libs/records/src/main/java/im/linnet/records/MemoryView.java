package im.linnet.records;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;

/** The view in memory, as a {@link Change} sees it. Guarded by its store's lock. */
public interface MemoryView {
  /** Adds a delivered record; one that is there stays as it is. */
  void add(InboxRecord record);

  /** Adds a message with its record, unless one of its identity stands elsewhere. */
  void add(MessageEvent message, InboxRecord record);

  /** Marks the reader's messages from that peer as read, those at or below the offset. */
  void markUpTo(Stream stream, String reader, String peer, long upTo);

  /**
   * Marks the reader's message of that uuid from that peer as read, if it lies below the offset.
   */
  void mark(Stream stream, String reader, String peer, String uuid, long below);
}
