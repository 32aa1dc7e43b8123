package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.event.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages on the screen. A message may come in a history page and as a push at the same time.
 * Safe on any thread.
 */
final class ShownMessages {
  private static final int REMEMBERED = 2_000;

  private final Map<MessageId, Boolean> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether it is new to the screen. */
  boolean add(Message message) {
    return add(message.identity());
  }

  /** Whether it is new to the screen. */
  synchronized boolean add(MessageId message) {
    return shown.put(message, true) == null;
  }
}
