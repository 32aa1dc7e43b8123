package im.linnet.presence;

import im.linnet.log.Callbacks;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.MalformedEventException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings all records of {@code im.edge.v1} to the loop's thread, and proves contact. For the proof
 * it asks for the topic's end again and again, and reports each end that has been handed over.
 * {@link #drain}, {@link #keepContact} and {@link #awaitEnd} are for the loop's thread. The
 * follower waits if the loop is slow, so the queue is bounded.
 */
final class EdgeFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeFeed.class);
  private static final int QUEUED = 10_000;
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

  private final BlockingQueue<EdgeSighting> queue = new ArrayBlockingQueue<>(QUEUED);
  private final TopicFollower follower;
  private final PresenceMeters meters;
  private final LongSupplier monotonicMillis;
  private final long probeGapMillis;
  private volatile boolean probing;
  private volatile boolean closed;
  private volatile @Nullable String lostContact;
  private long probedAt = Long.MIN_VALUE / 2;

  EdgeFeed(
      KafkaSettings kafka,
      LogEnds ends,
      PresenceConfig config,
      PresenceMeters meters,
      LongSupplier monotonicMillis) {
    this.meters = meters;
    this.monotonicMillis = monotonicMillis;
    probeGapMillis = config.contactGap().toMillis() / 4;
    follower =
        new TopicFollower(
            kafka,
            ends,
            "presence-edges-" + config.instance(),
            List.of(new LogPartition(Topic.EDGE, 0)),
            new FollowFrom.Earliest(),
            this::take);
  }

  void start() {
    follower.start();
  }

  /** Queues a record; called on the follower's thread. */
  private void take(LogRecord record) throws MalformedEventException {
    try {
      put(PresenceRecords.sighting(record));
    } catch (MalformedEventException e) {
      meters.malformed.increment();
      throw e;
    }
  }

  private void put(EdgeSighting sighting) {
    try {
      while (!closed && !queue.offer(sighting, 200, TimeUnit.MILLISECONDS)) {
        LOG.debug("the loop is behind with edges");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands over the sightings that have come. */
  void drain(Consumer<EdgeSighting> sink) {
    for (EdgeSighting next = queue.poll(); next != null; next = queue.poll()) {
      sink.accept(next);
    }
  }

  /** Asks for the topic's end again, if it is time; never blocks. */
  void keepContact() {
    long now = monotonicMillis.getAsLong();
    if (probing || now - probedAt < probeGapMillis) {
      return;
    }
    probing = true;
    probedAt = now;
    Callbacks.whenDone(
        follower.awaitEnd(PROBE_TIMEOUT),
        (done, failure) -> {
          probing = false;
          if (failure == null) {
            lostContact = null;
            // The proof stands after all sightings that the follower has queued. A full queue means
            // that the loop is slow, and the next proof is enough.
            var full = !queue.offer(new EdgeSighting.ReadToEnd(now));
            LOG.trace("im.edge.v1 read to its end as of {} (queue full: {})", now, full);
          } else {
            lostContact = "im.edge.v1 cannot be read to its end: " + failure.getMessage();
            LOG.debug("no contact with im.edge.v1: {}", failure.toString());
          }
        });
  }

  /**
   * Waits until the topic has been read to its end, and hands over sightings meanwhile.
   *
   * @throws TimeoutException if that takes longer than the time-out
   */
  void awaitEnd(Duration timeout, Consumer<EdgeSighting> sink)
      throws TimeoutException, InterruptedException {
    long now = monotonicMillis.getAsLong();
    var end = follower.awaitEnd(timeout);
    while (!end.isDone()) {
      drain(sink);
      try {
        end.get(20, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.trace("reading im.edge.v1");
      } catch (ExecutionException e) {
        break;
      }
    }
    if (end.isCompletedExceptionally()) {
      throw new TimeoutException("im.edge.v1 was not read to its end within " + timeout);
    }
    drain(sink);
    sink.accept(new EdgeSighting.ReadToEnd(now));
  }

  Optional<String> check() {
    return follower.check().or(() -> Optional.ofNullable(lostContact));
  }

  @Override
  public void close() {
    closed = true;
    follower.close();
  }
}
