package im.linnet.edge.session;

import im.linnet.schemas.StreamPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The topics whose records a live session is pushed: those that its user is in, as the tail of this
 * edge has met it. Changed on the tail's thread; read on any.
 */
public final class SessionTopics {
  // Most sessions are in no topic and ahead of no tail, so they hold no map.
  private volatile @Nullable Map<String, StreamPartition> topics;
  private @Nullable Map<StreamPartition, Long> ahead;
  private volatile boolean live;

  /**
   * The session begins further on than the tail is in that partition. On the tail's thread.
   *
   * @param place the session has seen the records below that offset
   */
  public void beginAhead(StreamPartition partition, long place) {
    Map<StreamPartition, Long> current = ahead;
    if (current == null) {
      current = new HashMap<>(2);
      ahead = current;
    }
    current.put(partition, place);
  }

  /** The lowest offset that the session has not seen; 0 if the tail is further on. */
  public long place(StreamPartition partition) {
    return ahead == null ? 0 : ahead.getOrDefault(partition, 0L);
  }

  /** From now on the tail keeps it up to date. */
  public void goLive() {
    live = true;
  }

  /** Whether the topics are those of the tail; before that it is not known what they are. */
  public boolean isLive() {
    return live;
  }

  /** The user is in that topic now. */
  public void add(String topic, StreamPartition partition) {
    Map<String, StreamPartition> current = topics;
    if (current == null) {
      current = new ConcurrentHashMap<>(4);
      topics = current;
    }
    current.put(topic, partition);
  }

  /** The user is in that topic no more. */
  public void remove(String topic) {
    Map<String, StreamPartition> current = topics;
    if (current != null) {
      current.remove(topic);
    }
  }

  /** Whether the user is in that topic. */
  public boolean contains(String topic) {
    Map<String, StreamPartition> current = topics;
    return current != null && current.containsKey(topic);
  }

  /** Visits each topic with its partition. */
  public void forEach(BiConsumer<String, StreamPartition> action) {
    Map<String, StreamPartition> current = topics;
    if (current != null) {
      current.forEach(action);
    }
  }
}
