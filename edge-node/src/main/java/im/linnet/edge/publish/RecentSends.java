package im.linnet.edge.publish;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Origin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one session sent under ids of its client's: lately, with its outcome or the promise of one;
 * before that, only that it may have been sent. One thread.
 */
final class RecentSends {
  /** The identity of a message of this session's user. */
  record Key(Stream stream, String to, String uuid) {}

  private final int most;
  private final Map<Key, CompletableFuture<Origin>> sends = new LinkedHashMap<>();
  // Most sessions never send so much.
  private @Nullable ForgottenSends forgotten;

  /** Remembers so many outcomes, the newest ones, beside the sends that are under way. */
  RecentSends(int most) {
    this.most = most;
  }

  /** The outcome, or the promise of one; null where that message is not remembered. */
  @Nullable CompletableFuture<Origin> find(Key key) {
    return sends.get(key);
  }

  /** Whether a message that is not remembered was sent, 65,536 sends ago at most. */
  boolean hasForgotten(Key key) {
    return forgotten != null && forgotten.holds(key);
  }

  /** Remembers a send. */
  void put(Key key, CompletableFuture<Origin> outcome) {
    sends.remove(key);
    sends.put(key, outcome);
    Iterator<Map.Entry<Key, CompletableFuture<Origin>>> oldest = sends.entrySet().iterator();
    while (sends.size() > most && oldest.hasNext()) {
      Map.Entry<Key, CompletableFuture<Origin>> entry = oldest.next();
      if (!entry.getValue().isDone()) {
        return;
      }
      forget(entry.getKey());
      oldest.remove();
    }
  }

  private void forget(Key key) {
    ForgottenSends all = forgotten;
    if (all == null) {
      all = new ForgottenSends();
      forgotten = all;
    }
    all.add(key);
  }
}
