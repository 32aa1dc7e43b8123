package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The live sessions of this edge by what they receive: a user's own key in p2p and mutual, later
 * the topics that the user is in. Owned by the tail's thread, so a session joins and leaves exactly
 * between two records.
 */
public final class Subscriptions {
  private final Map<Address, KeySubscribers> audiences = new HashMap<>();
  private final LongSupplier retryAfterMillis;
  private final Consumer<String> pushed;

  private record Address(StreamPartition partition, String key) {}

  /**
   * No sessions yet.
   *
   * @param retryAfterMillis how long a session that had to be closed is told to wait, with jitter
   * @param pushed told the type of each pushed record, on the tail's thread
   */
  public Subscriptions(LongSupplier retryAfterMillis, Consumer<String> pushed) {
    this.retryAfterMillis = retryAfterMillis;
    this.pushed = pushed;
  }

  /**
   * From the next record on, the session is pushed what stands under that key.
   *
   * @param place records below it are not pushed: the session has seen them
   */
  public void join(
      TailState tail, StreamPartition partition, String key, LiveSession session, long place) {
    Address address = new Address(partition, key);
    KeySubscribers audience = audiences.get(address);
    if (audience == null || audience.isLost()) {
      audience = new KeySubscribers(partition, retryAfterMillis, pushed);
      audiences.put(address, audience);
      tail.subscribe(partition, bytes(key), audience);
    }
    audience.add(session, place);
  }

  /** The session is pushed nothing more of that key; nothing happens where it never joined. */
  public void leave(TailState tail, StreamPartition partition, String key, LiveSession session) {
    Address address = new Address(partition, key);
    KeySubscribers audience = audiences.get(address);
    if (audience == null) {
      return;
    }
    audience.remove(session);
    if (audience.isEmpty()) {
      audiences.remove(address);
      tail.unsubscribe(partition, bytes(key));
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
