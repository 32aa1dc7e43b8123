package im.linnet.edge.publish;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Origin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one session sent lately, with its outcome or the promise of one. One thread. */
final class RecentSends {
  /** The identity of a message of this session's user. */
  record Key(Stream stream, String to, String uuid) {}

  private final int most;
  private final Map<Key, CompletableFuture<Origin>> sends = new LinkedHashMap<>();

  /** Remembers so many outcomes, the newest ones, beside the sends that are under way. */
  RecentSends(int most) {
    this.most = most;
  }

  /** The outcome, or the promise of one; null where that message is not remembered. */
  @Nullable CompletableFuture<Origin> find(Key key) {
    return sends.get(key);
  }

  /** Remembers a send. */
  void put(Key key, CompletableFuture<Origin> outcome) {
    sends.remove(key);
    sends.put(key, outcome);
    Iterator<CompletableFuture<Origin>> oldest = sends.values().iterator();
    while (sends.size() > most && oldest.hasNext()) {
      if (!oldest.next().isDone()) {
        return;
      }
      oldest.remove();
    }
  }

  int size() {
    return sends.size();
  }
}
