package im.linnet.cli.chat;

import im.linnet.schemas.event.MessageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the user that can still be changed: those on the screen, and in each talk the
 * last one on its way. Thread-safe; bounded.
 */
final class OwnMessages {
  private static final int REMEMBERED = 500;

  private record Own(Talk talk, long timeMillis) {}

  private final Map<MessageId, Own> durable =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Own> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<Talk, CompletableFuture<MessageId>> underWay = new HashMap<>();

  /** A message is on its way; the future brings its identity, or its failure. */
  synchronized void sending(Talk talk, CompletableFuture<MessageId> message) {
    underWay.values().removeIf(CompletableFuture::isDone);
    underWay.put(talk, message);
  }

  /** A message is durable, and on the screen. */
  synchronized void shown(MessageId message, Talk talk, long timeMillis) {
    durable.put(message, new Own(talk, timeMillis));
  }

  /** A message was taken back. */
  synchronized void recalled(MessageId message) {
    durable.remove(message);
  }

  /** Whether one of these messages of a talk is the user's own. */
  synchronized boolean holdsAny(Talk talk, Collection<String> uuids) {
    return durable.entrySet().stream()
        .anyMatch(
            each -> each.getValue().talk().equals(talk) && uuids.contains(each.getKey().uuid()));
  }

  /** The last message of a talk; null if there is none. */
  synchronized @Nullable CompletableFuture<MessageId> last(Talk talk) {
    CompletableFuture<MessageId> sending = underWay.get(talk);
    if (sending != null && !sending.isDone()) {
      return sending;
    }
    MessageId last = null;
    long newest = Long.MIN_VALUE;
    for (Map.Entry<MessageId, Own> each : durable.entrySet()) {
      long time = each.getValue().timeMillis();
      if (each.getValue().talk().equals(talk) && time >= newest) {
        last = each.getKey();
        newest = time;
      }
    }
    return last == null ? null : CompletableFuture.completedFuture(last);
  }
}
