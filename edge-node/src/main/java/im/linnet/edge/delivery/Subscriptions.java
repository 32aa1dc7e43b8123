package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;

/**
 * The live sessions of this edge by what they receive: a user's own key in p2p and mutual, later
 * the topics that the user is in. Owned by the tail's thread, so a session joins and leaves exactly
 * between two records.
 */
public final class Subscriptions {
  private final Map<Address, KeySubscribers> subscribers = new HashMap<>();
  private final Map<Executor, LoopQueue> queues = new HashMap<>();
  private final int few;
  private final PushListener told;

  private record Address(StreamPartition partition, String key) {}

  /**
   * @param few to how many sessions of one user the tail pushes by itself; to more, and to those of
   *     a topic, their event loops do
   * @param retryAfterMillis how long a session that had to be closed is told to wait, with jitter
   * @param pushed told the type of a pushed record and how many sessions it went to, on the tail's
   *     thread and on event loops
   */
  public Subscriptions(int few, LongSupplier retryAfterMillis, ObjIntConsumer<String> pushed) {
    this.few = few;
    this.told =
        new PushListener() {
          @Override
          public void pushed(String type, int sessions) {
            pushed.accept(type, sessions);
          }

          @Override
          public void misses(LiveSession session, String why) {
            session.close(CloseCode.OVERLOADED, why, retryAfterMillis.getAsLong());
          }
        };
  }

  /**
   * From the next record on, the session is pushed what stands under that key.
   *
   * @param place records below it are not pushed: the session has seen them
   */
  public void join(
      TailState tail, StreamPartition partition, String key, LiveSession session, long place) {
    Address address = new Address(partition, key);
    KeySubscribers ofKey = subscribers.get(address);
    if (ofKey == null || ofKey.isLost()) {
      ofKey = new KeySubscribers(partition, few, queues, told);
      subscribers.put(address, ofKey);
      tail.subscribe(partition, bytes(key), ofKey);
    }
    ofKey.add(session, place);
  }

  /** The session is pushed nothing more of that key; nothing happens where it never joined. */
  public void leave(TailState tail, StreamPartition partition, String key, LiveSession session) {
    Address address = new Address(partition, key);
    KeySubscribers ofKey = subscribers.get(address);
    if (ofKey == null) {
      return;
    }
    ofKey.remove(session);
    if (ofKey.isEmpty()) {
      subscribers.remove(address);
      tail.unsubscribe(partition, bytes(key));
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
