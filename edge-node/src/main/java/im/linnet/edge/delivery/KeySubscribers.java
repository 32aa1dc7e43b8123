package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.RecordSink;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions under one key of one partition. A record's frame is built once for all of them.
 * Owned by the tail's thread.
 *
 * <p>The tail itself pushes to a few sessions, such as the devices of a user. If there are more, or
 * if the key is a topic, it hands each record to the event loops, once for all sessions of a loop.
 * It keeps to this even if the number falls again: a push of the tail would overtake the records
 * that wait for the loop. Each session gets the records of all topics in their order: the tail
 * hands them over in that order, and a loop pushes them in the order in which they came.
 */
final class KeySubscribers implements RecordSink {
  private static final Subscriber[] NONE = {};

  private final StreamPartition partition;
  private final Shared shared;
  // Full, since most users have one session.
  private Subscriber[] direct = NONE;
  private @Nullable Map<LoopQueue, LoopSubscribers> loops;
  private boolean lost;

  /**
   * The parts that the subscribers of all keys share.
   *
   * @param few the most sessions of a user to which the tail itself pushes
   * @param queues the queue of each event loop; grows with new loops
   * @param told told of each push, and of each session that misses one
   */
  record Shared(int few, Map<Executor, LoopQueue> queues, PushListener told) {}

  KeySubscribers(StreamPartition partition, Shared shared) {
    this.partition = partition;
    this.shared = shared;
    if (partition.stream() == Stream.TOPIC) {
      loops = new HashMap<>();
    }
  }

  /**
   * Pushes the next records to the session.
   *
   * @param from the session has seen the records below it, so they are not pushed
   * @param joined the offset from which on the session's user receives the records of the key
   */
  void add(LiveSession session, long from, long joined) {
    Subscriber subscriber = new Subscriber(session, from, joined);
    if (loops != null) {
      add(loops, subscriber);
      return;
    }
    direct = Arrays.copyOf(direct, direct.length + 1);
    direct[direct.length - 1] = subscriber;
    if (direct.length > shared.few()) {
      Map<LoopQueue, LoopSubscribers> byLoop = new HashMap<>();
      for (Subscriber each : direct) {
        add(byLoop, each);
      }
      direct = NONE;
      loops = byLoop;
    }
  }

  private void add(Map<LoopQueue, LoopSubscribers> byLoop, Subscriber subscriber) {
    LoopQueue queue = shared.queues().computeIfAbsent(subscriber.session().loop(), LoopQueue::new);
    byLoop.computeIfAbsent(queue, LoopSubscribers::new).add(subscriber);
  }

  void remove(LiveSession session) {
    direct =
        Arrays.stream(direct)
            .filter(subscriber -> subscriber.session() != session)
            .toArray(Subscriber[]::new);
    Map<LoopQueue, LoopSubscribers> byLoop = loops;
    LoopQueue queue = shared.queues().get(session.loop());
    LoopSubscribers ofLoop = byLoop == null || queue == null ? null : byLoop.get(queue);
    if (byLoop != null && ofLoop != null) {
      ofLoop.remove(session);
      if (ofLoop.isEmpty()) {
        byLoop.remove(queue);
      }
    }
  }

  /** Its sessions. */
  List<LiveSession> sessions() {
    List<LiveSession> all = new ArrayList<>(direct.length);
    forEach(each -> all.add(each.session()));
    return all;
  }

  private void forEach(Consumer<Subscriber> action) {
    for (Subscriber each : direct) {
      action.accept(each);
    }
    if (loops != null) {
      loops.values().forEach(ofLoop -> ofLoop.forEach(action));
    }
  }

  /** Whether the tail has taken it off the partition. */
  boolean isLost() {
    return lost;
  }

  boolean isEmpty() {
    return direct.length == 0 && (loops == null || loops.isEmpty());
  }

  @Override
  public void take(Decoded.Valid<? extends LogEvent> record) {
    if (!record.event().isPushed()) {
      return;
    }
    if (loops != null) {
      hand(loops, record);
      return;
    }
    byte @Nullable [] frame = null;
    for (Subscriber subscriber : direct) {
      if (subscriber.wants(record)) {
        if (frame == null) {
          frame = Pushes.frame(partition, record.record());
        }
        if (subscriber.push(partition, record, frame)) {
          shared.told().pushed(record.event().type(), 1);
        }
      }
    }
  }

  private void hand(
      Map<LoopQueue, LoopSubscribers> byLoop, Decoded.Valid<? extends LogEvent> record) {
    PushListener told = shared.told();
    byte[] frame = Pushes.frame(partition, record.record());
    for (LoopSubscribers ofLoop : byLoop.values()) {
      if (!ofLoop.push(partition, record, frame, told)) {
        ofLoop.forEach(each -> told.misses(each.session(), "the edge cannot keep up"));
      }
    }
  }

  @Override
  public void interrupted(StreamPartition restarted) {
    lost = true;
    String why = restarted + " has to be read again";
    sessions().forEach(each -> shared.told().misses(each, why));
  }
}
