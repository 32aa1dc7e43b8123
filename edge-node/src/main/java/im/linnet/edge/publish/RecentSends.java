package im.linnet.edge.publish;

import im.linnet.log.publish.PublishException;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one session under ids of its client. The latest sends have their outcome, or its
 * future. Of older ones it only remembers that they may have been sent. One thread.
 */
final class RecentSends {
  /** The identity of a message of this session's user. */
  record Key(Stream stream, String to, String uuid) {}

  /**
   * One send.
   *
   * @param print a hash of the message, so that large contents are not kept
   * @param outcome the place in the log, or the failure; open while the send is under way
   */
  record Send(long print, CompletableFuture<Origin> outcome) {
    Send(MessageEvent message, CompletableFuture<Origin> outcome) {
      this(print(message), outcome);
    }

    /** Whether a message of the same identity has the same content. */
    boolean holds(MessageEvent message) {
      return print == print(message);
    }

    /** What has become of it. */
    Fate fate() {
      if (!outcome.isCompletedExceptionally()) {
        return Fate.KNOWN;
      }
      return switch (outcome.exceptionNow()) {
        case UnfinishedException unfinished -> Fate.UNCERTAIN;
        case Throwable failure ->
            switch (PublishException.reasonOf(failure)) {
              case OVERLOADED, STALE -> Fate.ABSENT;
              case TIMEOUT, FATAL -> Fate.UNCERTAIN;
            };
      };
    }

    /** Whether it is, or may be, in the log. */
    boolean mayStand() {
      return fate() != Fate.ABSENT;
    }

    private static long print(MessageEvent message) {
      return Fnv.mixed(Fnv.mixed(Fnv.OFFSET, message.token()), message.content());
    }
  }

  /** What has become of a send. */
  enum Fate {
    /** It is acknowledged, or on its way. */
    KNOWN,
    /** It is surely not in the log, or is there and void. A repeat is published as new. */
    ABSENT,
    /** It may be in the log. */
    UNCERTAIN
  }

  private final int most;
  private final Map<Key, Send> sends = new LinkedHashMap<>();
  // Most sessions never send so many messages.
  private @Nullable ForgottenSends forgotten;

  /**
   * @param most the most remembered outcomes, the newest ones, beside the sends under way
   */
  RecentSends(int most) {
    this.most = most;
  }

  /** The send, also while it is under way; null if that message is not remembered. */
  @Nullable Send find(Key key) {
    return sends.get(key);
  }

  /** Whether a message that is not remembered was sent, at most 65,536 sends ago. */
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

  /**
   * Drops the outcome of a send, and remembers only that it may have been sent: the log knows more.
   */
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
