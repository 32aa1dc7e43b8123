package im.linnet.log.applied;

import im.linnet.log.Callbacks;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces in {@code im.applied.v1} the applied offsets of one loop of a persister. It announces
 * after each batch, but at most once in 10 ms, and when partitions are assigned. Once a second it
 * announces all offsets, for new readers. The next announcement makes up for a lost one.
 *
 * <p>Safe on any thread and never blocks. A daemon thread of its own publishes the offsets that had
 * to wait.
 */
public final class AppliedAnnouncer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedAnnouncer.class);
  private static final Duration GAP = Duration.ofMillis(10);
  private static final Duration REPEAT = Duration.ofSeconds(1);

  private final Publisher publisher;
  private final String key;
  private final String view;
  private final ScheduledExecutorService executor;
  private final Map<StreamPartition, Long> all = new TreeMap<>();
  private final Map<StreamPartition, Long> news = new HashMap<>();
  private @Nullable String storeTime;
  private boolean flushScheduled;
  private long publishedNanos = System.nanoTime() - GAP.toNanos();
  private long sequence;

  /**
   * @param key the record key, made of the persister's instance and the loop, so that no two loops
   *     share it
   * @param view the view's id
   */
  public AppliedAnnouncer(Publisher publisher, String key, String view) {
    this(
        publisher,
        key,
        view,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("linnet-announcer-" + key).daemon().factory()));
  }

  AppliedAnnouncer(
      Publisher publisher, String key, String view, ScheduledExecutorService executor) {
    this.publisher = publisher;
    this.key = key;
    this.view = view;
    this.executor = executor;
  }

  /** Begins to repeat. */
  public void start() {
    var unused =
        executor.scheduleWithFixedDelay(
            Callbacks.logged(this::repeat),
            REPEAT.toMillis(),
            REPEAT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Announces nothing more about these partitions: the loop has lost them. */
  public synchronized void revoked(Collection<StreamPartition> partitions) {
    all.keySet().removeAll(partitions);
    news.keySet().removeAll(partitions);
  }

  /**
   * Announces durable offsets of the view, after a batch or for newly assigned partitions.
   *
   * @param next per partition the next offset that the view will take
   * @param time the store's causal time, null if it has none
   */
  public synchronized void applied(Map<StreamPartition, Long> next, @Nullable String time) {
    if (next.isEmpty()) {
      return;
    }
    all.putAll(next);
    news.putAll(next);
    if (time != null) {
      storeTime = time;
    }
    if (flushScheduled) {
      return;
    }
    long wait = publishedNanos + GAP.toNanos() - System.nanoTime();
    if (wait <= 0) {
      flush();
      return;
    }
    try {
      var unused =
          executor.schedule(Callbacks.logged(this::flushLater), wait, TimeUnit.NANOSECONDS);
      flushScheduled = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile");
    }
  }

  /** Publishes the waiting offsets, and stops. The publisher stays open. */
  @Override
  public void close() {
    executor.shutdownNow();
    synchronized (this) {
      flush();
    }
  }

  private synchronized void flushLater() {
    flushScheduled = false;
    flush();
  }

  private synchronized void repeat() {
    if (!all.isEmpty()) {
      news.putAll(all);
      flush();
    }
  }

  /** Called under the lock, so that announcements are published in the order of their offsets. */
  private void flush() {
    if (news.isEmpty()) {
      return;
    }
    byte[] value = AppliedCodec.encode(new Applied(view, news, storeTime));
    news.clear();
    publishedNanos = System.nanoTime();
    String id = key + "-" + Long.toString(publishedNanos, 36) + "-" + sequence++;
    Callbacks.whenDone(
        publisher.publish(
            new OutgoingRecord(
                Topic.APPLIED, key, value, Applied.TYPE, id, "/persister/" + key, null)),
        (announced, failure) -> {
          if (failure != null) {
            LOG.debug("not announced, the next one will be: {}", failure.toString());
          }
        });
  }
}
