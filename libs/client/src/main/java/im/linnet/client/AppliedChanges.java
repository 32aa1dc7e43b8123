package im.linnet.client;

import im.linnet.schemas.event.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest change of each of the latest messages. The order of changes is that of the originals'
 * places in the log: the copy of an older one may come after a newer one. After a final one none
 * counts. Owned by one thread.
 */
final class AppliedChanges {
  private final Map<MessageId, Long> newest;

  AppliedChanges(int capacity) {
    newest =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<MessageId, Long> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * Applies a change.
   *
   * @param offset where its original stands in the recipient's partition
   * @return whether the message is changed by it
   */
  boolean apply(MessageId message, long offset, MessageChange change) {
    long last = newest.getOrDefault(message, -1L);
    if (offset <= last) {
      return false;
    }
    newest.put(message, change.isFinal() ? Long.MAX_VALUE : offset);
    return true;
  }

  /** Whether no change of that message counts any more. */
  boolean isSealed(MessageId message) {
    return newest.getOrDefault(message, -1L) == Long.MAX_VALUE;
  }

  /** Refuses all later changes of that message. */
  void seal(MessageId message) {
    newest.put(message, Long.MAX_VALUE);
  }
}
