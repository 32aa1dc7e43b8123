package im.linnet.edge;

import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.session.Delay;
import im.linnet.log.Callbacks;
import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code im.edge.v1} for the beacon. At the start it makes sure that this id is free. An
 * epoch in doubt is judged once the topic has been read to its end. {@link #start} and {@link
 * #begin} block and are for one thread; the other methods are safe on any thread.
 */
final class EpochWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);

  /** A living edge beats each second. After a kill, the next process of the id waits this long. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final Duration END = Duration.ofSeconds(5);
  private static final long AGAIN_MILLIS = 500;

  private final String edge;
  private final EdgeBeacon beacon;
  private final Runnable onNewEpoch;
  private final Delay delay;
  private final AtomicBoolean judging = new AtomicBoolean();
  private final CompletableFuture<Void> fenced = new CompletableFuture<>();
  private volatile @Nullable TopicFollower follower;
  private CompletableFuture<Boolean> occupied = CompletableFuture.completedFuture(false);
  private long listeningSince;

  EpochWatch(String edge, EdgeBeacon beacon, Runnable onNewEpoch, Delay delay) {
    this.edge = edge;
    this.beacon = beacon;
    this.onNewEpoch = onNewEpoch;
    this.delay = delay;
  }

  /** Reads the topic to its end, then follows it. From then on it listens for another process. */
  void start(EdgeLog log) {
    TopicFollower edges = log.follow(Topic.EDGE, 1, new FollowFrom.Earliest(), this::take);
    EdgeLog.awaitCaughtUp(edges, Topic.EDGE);
    follower = edges;
    listeningSince = System.nanoTime();
    occupied = beacon.occupied();
  }

  /**
   * Takes the first epoch. If the log does not say that the last process of this id has ended, it
   * waits until that process has been silent for {@link #SILENCE} since {@link #start}.
   *
   * @throws EdgeIdTakenException if that process lives
   */
  void begin() {
    long left = SILENCE.toNanos() - (System.nanoTime() - listeningSince);
    try {
      if (occupied.get(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        throw new EdgeIdTakenException(edge, beacon.rivalAddress());
      }
    } catch (TimeoutException e) {
      LOG.info("edge {}: the process that had this id is silent", edge);
    } catch (ExecutionException e) {
      throw new IllegalStateException("im.edge.v1 could not be followed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listening to im.edge.v1", e);
    }
    beacon.begin();
  }

  private void take(LogRecord record) {
    if (beacon.take(record)) {
      judgeAtEnd();
    }
  }

  private void judgeAtEnd() {
    TopicFollower edges = follower;
    if (edges == null || !judging.compareAndSet(false, true)) {
      return;
    }
    Callbacks.whenDone(
        edges.awaitEnd(END),
        (done, failure) -> {
          if (failure == null) {
            act(beacon.judge());
          } else {
            LOG.debug("im.edge.v1 is not read to its end yet: {}", failure.toString());
          }
          judgeAgain();
        },
        broken -> judgeAgain());
  }

  private void judgeAgain() {
    judging.set(false);
    if (beacon.isDoubtful()) {
      delay.run(AGAIN_MILLIS, this::judgeAtEnd);
    }
  }

  private void act(EdgeBeacon.Judgement judgement) {
    switch (judgement) {
      case NEW_EPOCH -> onNewEpoch.run();
      case FENCED ->
          fenced.completeExceptionally(
              new IllegalStateException(
                  "another edge took the id '"
                      + edge
                      + "' (--edge-id) while this one stood still, and serves clients on "
                      + beacon.rivalAddress()
                      + ": this one has stopped"));
      case GOES_ON -> LOG.debug("edge {} goes on", edge);
    }
  }

  /** A future that fails once another process has this id. */
  CompletableFuture<Void> fenced() {
    return fenced;
  }

  /** The number of skipped records of {@code im.edge.v1}. */
  long skipped() {
    TopicFollower edges = follower;
    return edges == null ? 0 : edges.skipped();
  }

  /** Empty while the topic is read; otherwise one line with the reason. */
  Optional<String> check() {
    TopicFollower edges = follower;
    return edges == null ? Optional.of("not started") : edges.check();
  }
}
