package im.linnet.edge.publish;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
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

  /**
   * One send.
   *
   * @param print a hash of what was sent, so that large contents are not kept
   * @param outcome where it stands, or why not; or the promise of that
   */
  record Send(long print, CompletableFuture<Origin> outcome) {
    Send(MessageEvent message, CompletableFuture<Origin> outcome) {
      this(print(message), outcome);
    }

    /** Whether a message of the same identity says the same. */
    boolean holds(MessageEvent message) {
      return print == print(message);
    }

    private static long print(MessageEvent message) {
      return Fnv.mixed(Fnv.mixed(Fnv.OFFSET, message.token()), message.content());
    }
  }

  private final int most;
  private final Map<Key, Send> sends = new LinkedHashMap<>();
  // Most sessions never send so much.
  private @Nullable ForgottenSends forgotten;

  /** Remembers so many outcomes, the newest ones, beside the sends that are under way. */
  RecentSends(int most) {
    this.most = most;
  }

  /** The send, also while it is under way; null where that message is not remembered. */
  @Nullable Send find(Key key) {
    return sends.get(key);
  }

  /** Whether a message that is not remembered was sent, 65,536 sends ago at most. */
  boolean hasForgotten(Key key) {
    return forgotten != null && forgotten.holds(key);
  }

  /** Remembers a send. */
  void put(Key key, Send send) {
    sends.remove(key);
    sends.put(key, send);
    Iterator<Map.Entry<Key, Send>> oldest = sends.entrySet().iterator();
    while (sends.size() > most && oldest.hasNext()) {
      Map.Entry<Key, Send> entry = oldest.next();
      if (!entry.getValue().outcome().isDone()) {
        return;
      }
      addForgotten(entry.getKey());
      oldest.remove();
    }
  }

  /** Remembers of a send only that it may have been sent: the log knows more. */
  void forget(Key key) {
    sends.remove(key);
    addForgotten(key);
  }

  private void addForgotten(Key key) {
    ForgottenSends all = forgotten;
    if (all == null) {
      all = new ForgottenSends();
      forgotten = all;
    }
    all.add(key);
  }
}
