package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.RecordSink;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
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
final class Audience implements RecordSink {
  private final StreamPartition partition;
  private final LongSupplier retryAfterMillis;
  private final Consumer<String> pushed;
  private final List<Seat> seats = new ArrayList<>(1);
  private boolean lost;

  /** A session and the lowest offset that it has not seen. */
  private static final class Seat {
    final LiveSession session;
    final byte[] id;
    long place;

    Seat(LiveSession session, long place) {
      this.session = session;
      this.id = session.id().getBytes(StandardCharsets.UTF_8);
      this.place = place;
    }
  }

  Audience(StreamPartition partition, LongSupplier retryAfterMillis, Consumer<String> pushed) {
    this.partition = partition;
    this.retryAfterMillis = retryAfterMillis;
    this.pushed = pushed;
  }

  void add(LiveSession session, long place) {
    seats.add(new Seat(session, place));
  }

  void remove(LiveSession session) {
    seats.removeIf(seat -> seat.session == session);
  }

  /** Whether the tail has taken it off the partition. */
  boolean isLost() {
    return lost;
  }

  boolean isEmpty() {
    return seats.isEmpty();
  }

  @Override
  public void take(Decoded.Valid record) {
    LogRecord raw = record.record();
    byte @Nullable [] frame = null;
    for (int i = 0; i < seats.size(); i++) {
      Seat seat = seats.get(i);
      if (raw.offset() < seat.place) {
        continue;
      }
      seat.place = raw.offset() + 1;
      if (Pushes.isOwn(raw, seat.id)) {
        continue;
      }
      if (frame == null) {
        frame = Pushes.frame(partition, raw);
      }
      if (seat.session.outbox().push(frame, raw.timestamp())) {
        Pushes.saw(seat.session.places(), partition, record);
        pushed.accept(record.event().type());
      }
    }
  }

  @Override
  public void interrupted(StreamPartition restarted) {
    lost = true;
    for (Seat seat : List.copyOf(seats)) {
      seat.session.close(
          CloseCode.OVERLOADED, restarted + " has to be read again", retryAfterMillis.getAsLong());
    }
  }
}
