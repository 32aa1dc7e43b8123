package im.linnet.edge.ops;

import im.linnet.log.OutgoingRecord;
import im.linnet.log.Publisher;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's own sign of life in {@code im.edge.v1}, and its epoch: the life that its sessions are
 * announced under. An epoch that was ended there (the edge was silent for too long) is replaced by
 * a higher one, and all sessions are announced again. Safe on any thread.
 */
public final class EdgeBeacon implements LongSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeBeacon.class);

  /**
   * What a heartbeat says.
   *
   * @param edge the edge's id
   * @param address the ip:port of its TCP listener
   * @param http the ip:port of its HTTP listener
   */
  public record Face(String edge, String address, String http) {}

  private final String edge;
  private final Publisher publisher;
  private final Clock clock;
  private final IntSupplier sessions;
  private final DoubleSupplier load;
  private final AtomicLong epoch = new AtomicLong();
  private final AtomicLong highestSeen = new AtomicLong(-1);
  private volatile boolean intruder;

  /**
   * Makes one.
   *
   * @param sessions authenticated sessions now
   * @param load process CPU, 0 to 1
   */
  public EdgeBeacon(
      String edge, Publisher publisher, Clock clock, IntSupplier sessions, DoubleSupplier load) {
    this.edge = edge;
    this.publisher = publisher;
    this.clock = clock;
    this.sessions = sessions;
    this.load = load;
  }

  /** Takes the first epoch; call once the topic has been read to its end. */
  public void begin() {
    epoch.set(Math.max(clock.millis(), highestSeen.get() + 1));
    LOG.info("edge {} begins epoch {}", edge, epoch.get());
  }

  /** The epoch now; 0 before the first. */
  @Override
  public long getAsLong() {
    return epoch.get();
  }

  /**
   * Takes the next record of {@code im.edge.v1}. One thread.
   *
   * @return whether a new epoch was taken, so that sessions are to be announced again
   */
  public boolean take(LogRecord record) {
    byte[] key = record.key();
    byte[] type = record.headers().type();
    byte[] value = record.value();
    if (key == null
        || type == null
        || value == null
        || !edge.equals(new String(key, StandardCharsets.UTF_8))) {
      return false;
    }
    try {
      EdgeEvent event = EdgeEventCodec.decode(new String(type, StandardCharsets.UTF_8), value);
      highestSeen.accumulateAndGet(event.epoch(), Math::max);
      return switch (event) {
        case EdgeEvent.Heartbeat beat -> {
          intruder |= epoch.get() > 0 && beat.epoch() > epoch.get();
          yield false;
        }
        case EdgeEvent.Ended ended -> ended(ended.epoch());
      };
    } catch (MalformedEventException e) {
      LOG.warn("{} is passed over: {}", record.place(), e.getMessage());
      return false;
    }
  }

  private boolean ended(long over) {
    long mine = epoch.get();
    if (mine == 0 || over < mine) {
      return false;
    }
    epoch.set(Math.max(clock.millis(), Math.max(over, highestSeen.get()) + 1));
    LOG.warn("edge {}: epoch {} was ended, goes on as {}", edge, over, epoch.get());
    return true;
  }

  /** Publishes a sign of life. */
  public CompletableFuture<?> beat(Face face) {
    EdgeEvent event =
        new EdgeEvent.Heartbeat(
            edge,
            epoch.get(),
            face.address(),
            face.http(),
            sessions.getAsInt(),
            load.getAsDouble());
    return publisher.publish(
        record(EdgeEventCodec.encode(event), event.type(), event.epoch() + "/" + clock.millis()));
  }

  /** Says that the edge has stopped. */
  public CompletableFuture<?> farewell() {
    return publisher.publish(record(null, "stopped", epoch.get() + "/stopped"));
  }

  private OutgoingRecord record(byte @Nullable [] value, String type, String id) {
    return new OutgoingRecord(Topic.EDGE, edge, value, type, id, "/edge/" + edge, null);
  }

  /** Nothing while this is the only process of that id. */
  public Optional<String> check() {
    return intruder
        ? Optional.of("another process uses the edge id '" + edge + "'")
        : Optional.empty();
  }
}
