package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The subscribers of one key whose sockets belong to one event loop. A record costs the tail one
 * {@link Delivery} for all of them, with the frame and the list of that moment.
 *
 * <p>Owned by the tail's thread. The loop reads the first elements of the array. So a new
 * subscriber is put after them, and a removal makes a new array.
 */
final class LoopSubscribers {
  private final LoopQueue loop;
  private Subscriber[] members = new Subscriber[16];
  private int count;

  LoopSubscribers(LoopQueue loop) {
    this.loop = loop;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(Subscriber subscriber) {
    if (count == members.length) {
      members = Arrays.copyOf(members, 2 * count);
    }
    members[count++] = subscriber;
  }

  void remove(LiveSession session) {
    for (int i = 0; i < count; i++) {
      if (members[i].session() == session) {
        Subscriber[] rest = new Subscriber[members.length];
        System.arraycopy(members, 0, rest, 0, i);
        System.arraycopy(members, i + 1, rest, i, --count - i);
        members = rest;
        return;
      }
    }
  }

  void forEach(Consumer<Subscriber> action) {
    for (int i = 0; i < count; i++) {
      action.accept(members[i]);
    }
  }

  /** Lets the loop push a record to all of them; false if the loop's queue is full. */
  boolean push(
      StreamPartition partition,
      Decoded.Valid<? extends LogEvent> record,
      byte[] frame,
      PushListener told) {
    return loop.hand(new Delivery(partition, record, frame, members, count, told));
  }
}
