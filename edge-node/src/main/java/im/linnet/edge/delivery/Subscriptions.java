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
 * The live sessions of this edge by the keys whose records they get: a user's own key in p2p and
 * mutual, later the topics of the user. Owned by the tail's thread, so a session joins and leaves
 * exactly between two records.
 */
public final class Subscriptions {
  private final Map<Address, KeySubscribers> subscribers = new HashMap<>();
  private final Map<Executor, LoopQueue> queues = new HashMap<>();
  private final int few;
  private final PushListener told;

  private record Address(StreamPartition partition, String key) {}

  /**
   * @param few the most sessions of one user to which the tail itself pushes; event loops push to
   *     more, and to those of a topic
   * @param retryAfterMillis the wait that a closed session is asked for, with jitter
   * @param pushed told the type of a pushed record and the number of its sessions, on the tail's
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
   * Pushes the next records under that key to the session.
   *
   * @param place the session has seen the records below it, so they are not pushed
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

  /** Ends the pushes of that key to the session. Does nothing if it never joined. */
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
