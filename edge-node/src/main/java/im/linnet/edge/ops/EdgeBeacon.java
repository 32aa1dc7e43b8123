package im.linnet.edge.ops;

import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's own sign of life in {@code im.edge.v1}, and its epoch. Sessions are announced under
 * that epoch. Safe on any thread.
 *
 * <p>Of several processes with one id, the process with the highest living epoch stays. Of several
 * processes in the same epoch, the one with the first heartbeat stays. The others stop. The order
 * of the topic's one partition decides, never a clock. A process that was paused reads on to the
 * topic's end before it takes another epoch, so it meets its replacement.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>state</th><th>on</th><th>next</th></tr>
 * <tr><td>reading</td><td>{@link #begin}</td><td>living</td></tr>
 * <tr><td>living</td><td>its epoch was ended, or another process lives in a higher one</td>
 *     <td>in doubt: beats stop</td></tr>
 * <tr><td>in doubt</td><td>{@link #judge}, another process lives in a higher epoch</td>
 *     <td>fenced</td></tr>
 * <tr><td>in doubt</td><td>{@link #judge}, without such a process, its epoch was ended</td>
 *     <td>living, in a higher epoch</td></tr>
 * <tr><td>in doubt</td><td>{@link #judge}, neither</td><td>living</td></tr>
 * </table>
 */
public final class EdgeBeacon implements LongSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeBeacon.class);
  private static final long NONE = -1;

  /**
   * The addresses of the edge, as {@code ip:port}.
   *
   * @param tcp of its TCP listener
   * @param http of its HTTP listener
   */
  public record Addresses(String tcp, String http) {}

  /** The judgement of an epoch in doubt. */
  public enum Judgement {
    /** Nothing has changed. */
    GOES_ON,
    /** A new epoch was taken: sessions are to be announced again. */
    NEW_EPOCH,
    /** Another process has this id: this process must stop. */
    FENCED
  }

  /** Another process of this id. */
  private record Rival(long epoch, String address) {}

  private final String edge;
  private final String mark;
  private final Publisher publisher;
  private final Clock clock;
  private final IntSupplier sessions;
  private final DoubleSupplier load;
  private volatile long epoch;
  private volatile boolean doubtful;
  private volatile boolean fenced;
  // Guarded by this.
  private long highestSeen = NONE;
  private long endedUpTo = NONE;
  private long ownSeen = NONE;
  private long stoppedIn = NONE;
  private @Nullable Rival rival;
  private @Nullable CompletableFuture<Boolean> rivalMoves;

  /**
   * @param mark marks this process's heartbeats, to tell them from those of another process of the
   *     same id
   * @param sessions the present number of authenticated sessions
   * @param load process CPU, 0 to 1
   */
  public EdgeBeacon(
      String edge,
      String mark,
      Publisher publisher,
      Clock clock,
      IntSupplier sessions,
      DoubleSupplier load) {
    this.edge = edge;
    this.mark = mark;
    this.publisher = publisher;
    this.clock = clock;
    this.sessions = sessions;
    this.load = load;
  }

  /**
   * Whether another process lives under this id; call once the topic has been read to its end.
   *
   * @return completes with true at the next heartbeat of such a process, and with false once the
   *     log says that it has ended, or at once if the id is free; never completes if such a process
   *     has just died
   */
  public synchronized CompletableFuture<Boolean> occupied() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    if (rival == null) {
      answer.complete(false);
    } else {
      rivalMoves = answer;
    }
    return answer;
  }

  /** The address for clients in the last heartbeat of the other process of this id. */
  public synchronized String rivalAddress() {
    return rival == null ? "" : rival.address();
  }

  /** Takes the first epoch; call once the topic has been read to its end. */
  public synchronized void begin() {
    rivalMoves = null;
    rival = null;
    epoch = Math.max(clock.millis(), highestSeen + 1);
    LOG.info("edge {} begins epoch {}", edge, epoch);
  }

  /** The epoch now; 0 before the first. */
  @Override
  public long getAsLong() {
    return epoch;
  }

  /**
   * Takes the next record of {@code im.edge.v1}. One thread.
   *
   * @return whether this epoch is in doubt: {@link #judge} is due once the topic was read to its
   *     end
   */
  public boolean take(LogRecord record) {
    byte[] key = record.key();
    byte[] type = record.headers().type();
    byte[] value = record.value();
    if (key == null || !edge.equals(new String(key, StandardCharsets.UTF_8))) {
      return false;
    }
    try {
      if (value == null) {
        stopped(EdgeEventCodec.stoppedIn(record.headers().id()));
      } else if (type != null) {
        EdgeEvent event = EdgeEventCodec.decode(new String(type, StandardCharsets.UTF_8), value);
        if (!event.edge().equals(edge)) {
          throw new MalformedEventException("key: '" + edge + "' is not '" + event.edge() + "'");
        }
        take(event, isOwn(record));
      }
    } catch (MalformedEventException e) {
      LOG.warn("{} is passed over: {}", record.place(), e.getMessage());
    }
    return doubtful && !fenced;
  }

  private boolean isOwn(LogRecord record) {
    byte[] id = record.headers().id();
    return id != null && new String(id, StandardCharsets.UTF_8).startsWith(mark + "/");
  }

  private synchronized void take(EdgeEvent event, boolean own) {
    highestSeen = Math.max(highestSeen, event.epoch());
    switch (event) {
      case EdgeEvent.Heartbeat beat -> {
        if (own) {
          ownSeen = Math.max(ownSeen, beat.epoch());
        } else {
          met(beat);
        }
      }
      case EdgeEvent.Ended ended -> ended(ended.epoch());
    }
  }

  private void met(EdgeEvent.Heartbeat beat) {
    // A heartbeat may come after the farewell of its process.
    boolean over = beat.epoch() <= endedUpTo || beat.epoch() == stoppedIn;
    boolean lower = epoch > 0 && beat.epoch() < epoch;
    boolean second = epoch > 0 && beat.epoch() == ownSeen;
    if (over || lower || second || (rival != null && beat.epoch() < rival.epoch())) {
      return;
    }
    rival = new Rival(beat.epoch(), beat.address());
    if (epoch > 0) {
      doubtful = true;
    }
    rivalMoved(true);
  }

  /** Takes a farewell. A farewell without an epoch is for the last one seen. */
  private synchronized void stopped(OptionalLong inEpoch) {
    long last = inEpoch.orElse(rival == null ? NONE : rival.epoch());
    highestSeen = Math.max(highestSeen, last);
    stoppedIn = Math.max(stoppedIn, last);
    endRival(last);
  }

  private void ended(long upTo) {
    endedUpTo = Math.max(endedUpTo, upTo);
    endRival(upTo);
    if (epoch > 0 && upTo >= epoch) {
      doubtful = true;
    }
  }

  private void endRival(long upTo) {
    if (rival != null && rival.epoch() <= upTo) {
      rival = null;
      rivalMoved(false);
    }
  }

  private void rivalMoved(boolean lives) {
    CompletableFuture<Boolean> asked = rivalMoves;
    if (asked != null) {
      rivalMoves = null;
      asked.complete(lives);
    }
  }

  /** Whether {@link #judge} is due. */
  public boolean isDoubtful() {
    return doubtful && !fenced;
  }

  /**
   * Decides on an epoch in doubt; call after the topic was read to an end that was asked after the
   * doubt began.
   */
  public synchronized Judgement judge() {
    if (fenced || !doubtful) {
      return Judgement.GOES_ON;
    }
    doubtful = false;
    if (rival != null) {
      fenced = true;
      LOG.error(
          "edge {}: another process took this id, on {}; this one stops", edge, rival.address());
      return Judgement.FENCED;
    }
    if (endedUpTo < epoch) {
      return Judgement.GOES_ON;
    }
    long over = epoch;
    epoch = Math.max(clock.millis(), highestSeen + 1);
    LOG.warn("edge {}: epoch {} was ended, goes on as {}", edge, over, epoch);
    return Judgement.NEW_EPOCH;
  }

  /** Publishes a heartbeat, except while the epoch is in doubt. */
  public CompletableFuture<?> beat(Addresses addresses) {
    if (doubtful || fenced) {
      return CompletableFuture.completedFuture(null);
    }
    EdgeEvent event =
        new EdgeEvent.Heartbeat(
            edge,
            epoch,
            addresses.tcp(),
            addresses.http(),
            sessions.getAsInt(),
            load.getAsDouble());
    return publisher.publish(
        record(
            EdgeEventCodec.encode(event),
            event.type(),
            mark + "/" + event.epoch() + "/" + clock.millis()));
  }

  /** Publishes that the edge has stopped, except if another process may have its id. */
  public CompletableFuture<?> farewell() {
    return doubtful || fenced
        ? CompletableFuture.completedFuture(null)
        : publisher.publish(record(null, EdgeEvent.STOPPED, EdgeEventCodec.stoppedId(mark, epoch)));
  }

  private OutgoingRecord record(byte @Nullable [] value, String type, String id) {
    return new OutgoingRecord(Topic.EDGE, edge, value, type, id, "/edge/" + edge, null);
  }

  /** Empty while this process lives under its id; otherwise the reason. */
  public Optional<String> check() {
    if (fenced) {
      return Optional.of("another process uses the edge id '" + edge + "'");
    }
    return doubtful
        ? Optional.of("im.edge.v1 is read to see whether another process uses '" + edge + "'")
        : Optional.empty();
  }
}
