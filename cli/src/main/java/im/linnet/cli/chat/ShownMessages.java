package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.event.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages on the screen, with their times. A message may come in a history page and as a push
 * at the same time. Safe on any thread.
 */
final class ShownMessages {
  private static final int REMEMBERED = 2_000;

  private final Map<MessageId, Long> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether it is new to the screen. */
  boolean add(Message message) {
    return add(message.identity(), message.timeMillis());
  }

  /** Whether it is new to the screen. */
  synchronized boolean add(MessageId message, long timeMillis) {
    return shown.put(message, timeMillis) == null;
  }

  /** The time of a message on the screen, epoch ms; null if it is not there. */
  synchronized @Nullable Long time(MessageId message) {
    return shown.get(message);
  }
}
