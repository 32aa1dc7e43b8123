package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.RecordSink;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions behind one key of one partition. A record's frame is built once for all of
 * them. Owned by the tail's thread.
 */
final class KeySubscribers implements RecordSink {
  private final StreamPartition partition;
  private final LongSupplier retryAfterMillis;
  private final Consumer<String> pushed;
  private final List<Subscriber> subscribers = new ArrayList<>(1);
  private boolean lost;

  /** A session and the lowest offset that it has not seen. */
  private static final class Subscriber {
    final LiveSession session;
    final byte[] id;
    long place;

    Subscriber(LiveSession session, long place) {
      this.session = session;
      this.id = session.id().getBytes(StandardCharsets.UTF_8);
      this.place = place;
    }
  }

  KeySubscribers(
      StreamPartition partition, LongSupplier retryAfterMillis, Consumer<String> pushed) {
    this.partition = partition;
    this.retryAfterMillis = retryAfterMillis;
    this.pushed = pushed;
  }

  void add(LiveSession session, long place) {
    subscribers.add(new Subscriber(session, place));
  }

  void remove(LiveSession session) {
    subscribers.removeIf(subscriber -> subscriber.session == session);
  }

  /** Whether the tail has taken it off the partition. */
  boolean isLost() {
    return lost;
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  @Override
  public void take(Decoded.Valid<? extends LogEvent> record) {
    LogRecord raw = record.record();
    byte @Nullable [] frame = null;
    for (int i = 0; i < subscribers.size(); i++) {
      Subscriber subscriber = subscribers.get(i);
      if (raw.offset() < subscriber.place) {
        continue;
      }
      subscriber.place = raw.offset() + 1;
      if (Pushes.isOwn(raw, subscriber.id)) {
        continue;
      }
      if (frame == null) {
        frame = Pushes.frame(partition, raw);
      }
      if (subscriber.session.outbox().push(frame, raw.timestamp())) {
        Pushes.saw(subscriber.session.places(), partition, record);
        pushed.accept(record.event().type());
      }
    }
  }

  @Override
  public void interrupted(StreamPartition restarted) {
    lost = true;
    for (Subscriber subscriber : List.copyOf(subscribers)) {
      subscriber.session.close(
          CloseCode.OVERLOADED, restarted + " has to be read again", retryAfterMillis.getAsLong());
    }
  }
}
