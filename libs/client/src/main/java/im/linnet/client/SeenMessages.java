package im.linnet.client;

import im.linnet.schemas.event.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The identities of the latest messages, so that no message is shown twice. A copy of an own
 * message may come again after a repeated send. This session's own messages come back in a resume.
 * Owned by one thread.
 */
final class SeenMessages {
  private final Map<MessageId, Boolean> latest;

  SeenMessages(int capacity) {
    latest =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<MessageId, Boolean> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * Remembers an identity.
   *
   * @return true if it is new
   */
  boolean add(MessageId message) {
    return latest.put(message, true) == null;
  }
}
