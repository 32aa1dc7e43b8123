package im.linnet.edge;

import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.publish.SessionAnnouncer;
import im.linnet.log.Callbacks;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge's work of each second, on a thread of its own: the heartbeat, and retries of failed
 * announcements.
 */
final class EdgeHeartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHeartbeat.class);
  private static final long LAST_BEAT_MILLIS = 1_000;
  private static final long FAREWELL_MILLIS = 1_000;

  private final EdgeBeacon beacon;
  private final SessionAnnouncer announcer;
  private final Supplier<EdgeBeacon.Addresses> addresses;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("linnet-edge-heartbeat").daemon().factory());

  EdgeHeartbeat(
      EdgeBeacon beacon, SessionAnnouncer announcer, Supplier<EdgeBeacon.Addresses> addresses) {
    this.beacon = beacon;
    this.announcer = announcer;
    this.addresses = addresses;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::beat, 0, 1, TimeUnit.SECONDS);
  }

  /** Publishes a heartbeat now, in addition to the steady pace. */
  void beatNow(Runnable then) {
    try {
      thread.execute(
          () -> {
            beat();
            then.run();
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("no heartbeat, the edge is stopping");
    }
  }

  private void beat() {
    try {
      Callbacks.whenDone(
          beacon.beat(addresses.get()),
          (done, failure) -> {
            if (failure != null) {
              LOG.debug("heartbeat not published: {}", failure.toString());
            }
          });
      announcer.retry();
    } catch (RuntimeException e) {
      LOG.error("the heartbeat failed", e);
    }
  }

  /** Stops, and publishes the farewell after the last heartbeat. Blocks, two seconds at most. */
  void stop() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(LAST_BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
      LOG.warn("a heartbeat is under way and may come after the farewell");
    }
    try {
      beacon.farewell().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the farewell was not published: {}", e.toString());
    }
  }
}
