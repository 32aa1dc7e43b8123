package im.linnet.cli.chat;

import im.linnet.client.Message;
import im.linnet.schemas.Stream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands on the screen: a message may come in a history page and, at the same time, as a push.
 * Safe on any thread.
 */
final class ShownMessages {
  private static final int REMEMBERED = 2_000;

  private record Identity(Stream kind, String from, String to, String uuid) {}

  private final Map<Identity, Boolean> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether it is new to the screen. */
  boolean add(Message message) {
    return add(message.kind(), message.sender(), message.to(), message.uuid());
  }

  /** Whether it is new to the screen. */
  synchronized boolean add(Stream kind, String from, String to, String uuid) {
    return shown.put(new Identity(kind, from, to, uuid), true) == null;
  }
}
