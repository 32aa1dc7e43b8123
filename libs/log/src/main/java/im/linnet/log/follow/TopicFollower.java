package im.linnet.log.follow;

import im.linnet.log.Backoff;
import im.linnet.log.Batch;
import im.linnet.log.Callbacks;
import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogEnds;
import im.linnet.log.LogPartition;
import im.linnet.log.LogRecords;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.LoopThread;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.MalformedEventException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads given partitions whole, committed records only, without a group, and goes on for ever. Its
 * own daemon thread alone touches the consumer and calls the handler; the other methods are safe on
 * any thread.
 *
 * <p>Each record is handled once per start, in the order of its partition. While the brokers are
 * out of reach it waits; where retention has overtaken it, it goes on at the earliest record left,
 * with a warning. A record at which the handler throws is passed over and counted in {@link
 * #skipped()}; the first one, and later ones at most once a minute, are told of in a warning.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(4);
  private static final Duration WARN_AGAIN = Duration.ofMinutes(1);
  private static final int MAX_WAITERS = 10_000;

  private final String name;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final LogEnds ends;
  private final List<LogPartition> partitions;
  private final FollowFrom from;
  private final RecordHandler handler;
  private final Backoff backoff;
  private final LoopThread thread;
  private final OffsetWaiters<LogPartition> positions = new OffsetWaiters<>(-1, MAX_WAITERS);
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final AtomicLong skipped = new AtomicLong();

  private long warnedNanos;

  /**
   * @param name for the thread, logs and brokers
   * @param ends where partitions end; a {@link im.linnet.log.topics.LogOffsets}, which must stay
   *     open meanwhile
   * @param partitions what to read; fixed
   */
  public TopicFollower(
      KafkaSettings settings,
      LogEnds ends,
      String name,
      Collection<LogPartition> partitions,
      FollowFrom from,
      RecordHandler handler) {
    this(
        () -> KafkaClients.assigningConsumer(settings, "linnet-follow-" + name),
        ends,
        name,
        partitions,
        from,
        handler);
  }

  TopicFollower(
      Supplier<Consumer<byte[], byte[]>> consumers,
      LogEnds ends,
      String name,
      Collection<LogPartition> partitions,
      FollowFrom from,
      RecordHandler handler) {
    this.name = name;
    this.consumers = consumers;
    this.ends = ends;
    this.partitions = List.copyOf(partitions);
    this.from = from;
    this.handler = handler;
    this.backoff = Backoff.ofLoops(RandomGenerator.getDefault());
    this.thread = new LoopThread("follower-" + name, this::run);
  }

  /** Begins to read. Returns at once; see {@link #caughtUp()}. */
  public void start() {
    thread.start();
  }

  /**
   * Completes once everything that was in the log at the start has been handled. Waits as long as
   * the brokers are out of reach; fails when closed before.
   */
  public CompletableFuture<Void> caughtUp() {
    return caughtUp.copy();
  }

  /**
   * Waits until a record has been handled.
   *
   * @return completes once {@code position(partition) > offset}, or fails with a {@link
   *     TimeoutException}; never left open
   */
  public CompletableFuture<Void> await(LogPartition partition, long offset, Duration timeout) {
    return positions.await(partition, offset, timeout);
  }

  /**
   * Waits until everything has been handled that is in the log now, transactions that are open now
   * included.
   *
   * @return completes, or fails with a {@link TimeoutException} or {@link LogUnavailableException};
   *     never left open
   */
  public CompletableFuture<Void> awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    return ends.endOffsetsAsync(partitions)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .thenCompose(
            found -> awaitAll(found, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
  }

  /** The next offset to be handled; -1 while it is not yet known where to begin. */
  public long position(LogPartition partition) {
    return positions.next(partition);
  }

  /** Records that were passed over because the handler threw. */
  public long skipped() {
    return skipped.get();
  }

  /** Nothing while it reads; otherwise one line that says why it does not. */
  public Optional<String> check() {
    return thread.check();
  }

  /** Stops within some 4 s; everybody who still waits fails. Does nothing the second time. */
  @Override
  public void close() {
    fail(new TimeoutException("follower " + name + " was closed"));
    thread.close(CLOSE);
  }

  private void fail(Throwable cause) {
    positions.close();
    caughtUp.completeExceptionally(cause);
  }

  private void run() throws InterruptedException {
    try {
      while (!thread.stopping()) {
        follow();
      }
    } catch (Throwable e) {
      fail(e);
      throw e;
    }
  }

  /** One consumer's life. A failure ends it, and after a while the next one goes on. */
  private void follow() throws InterruptedException {
    Consumer<byte[], byte[]> open = null;
    try {
      // In here, too: Kafka refuses to make one while no broker's name can be resolved.
      open = consumers.get();
      thread.wokenBy(open::wakeup);
      seek(open);
      if (!caughtUp.isDone()) {
        awaitStartEnds(open);
      }
      while (!thread.stopping()) {
        take(poll(open));
      }
    } catch (WakeupException | InterruptException e) {
      LOG.debug("follower {} was woken", name);
    } catch (RuntimeException e) {
      if (!thread.stopping()) {
        thread.trouble(e.toString());
        Duration pause = backoff.next();
        LOG.warn("follower {} goes on in {} ms after {}", name, pause.toMillis(), e.toString());
        thread.pause(pause);
      }
    } finally {
      if (open != null) {
        KafkaClients.closeAtOnce(open);
      }
    }
  }

  private void seek(Consumer<byte[], byte[]> open) {
    Set<TopicPartition> fresh = new HashSet<>();
    open.assign(KafkaPartitions.of(partitions));
    for (LogPartition partition : partitions) {
      TopicPartition kafkas = KafkaPartitions.of(partition);
      if (position(partition) >= 0) {
        open.seek(kafkas, position(partition));
      } else {
        fresh.add(kafkas);
      }
    }
    if (fresh.isEmpty() || thread.stopping()) {
      return;
    }
    switch (from) {
      case FollowFrom.Earliest earliest -> open.seekToBeginning(fresh);
      case FollowFrom.Latest latest -> open.seekToEnd(fresh);
      case FollowFrom.Offsets offsets -> seekTo(open, fresh, offsets.next());
    }
    // Asks the brokers, so that a latest position is one of now and not of the first poll.
    fresh.forEach(kafkas -> positions.raise(KafkaPartitions.ours(kafkas), open.position(kafkas)));
  }

  private static void seekTo(
      Consumer<byte[], byte[]> open, Set<TopicPartition> fresh, Map<LogPartition, Long> next) {
    for (TopicPartition kafkas : fresh) {
      Long offset = next.get(KafkaPartitions.ours(kafkas));
      if (offset == null) {
        open.seekToBeginning(Set.of(kafkas));
      } else {
        open.seek(kafkas, offset);
      }
    }
  }

  private void awaitStartEnds(Consumer<byte[], byte[]> open) {
    Map<LogPartition, Long> found = startEnds(open);
    Callbacks.whenDone(
        CompletableFuture.allOf(
            found.entrySet().stream()
                .map(end -> positions.await(end.getKey(), end.getValue() - 1))
                .toArray(size -> new CompletableFuture<?>[size])),
        (reached, failure) -> {
          // It fails where the follower is closed, and whoever waits is told by the close.
          if (failure == null) {
            caughtUp.complete(null);
          }
        });
  }

  /** Blocks. A close ends the wait with a {@link CancellationException}. */
  private Map<LogPartition, Long> startEnds(Consumer<byte[], byte[]> open) {
    CompletableFuture<Map<LogPartition, Long>> asked = ends.endOffsetsAsync(partitions);
    thread.wokenBy(() -> asked.cancel(false));
    if (thread.stopping()) {
      asked.cancel(false);
    }
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw new LogUnavailableException("end offsets: " + Callbacks.cause(e), e);
    } finally {
      thread.wokenBy(open::wakeup);
    }
  }

  private CompletableFuture<Void> awaitAll(Map<LogPartition, Long> found, Duration timeout) {
    return CompletableFuture.allOf(
        found.entrySet().stream()
            .map(end -> positions.await(end.getKey(), end.getValue() - 1, timeout))
            .toArray(size -> new CompletableFuture<?>[size]));
  }

  private Batch poll(Consumer<byte[], byte[]> open) {
    try {
      Batch batch = LogRecords.batch(open.poll(POLL));
      backoff.reset();
      thread.trouble("");
      return batch;
    } catch (OffsetOutOfRangeException e) {
      LOG.warn(
          "follower {}: the log no longer has {}; goes on at what is left",
          name,
          e.offsetOutOfRangePartitions());
      open.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
      return Batch.EMPTY;
    }
  }

  private void take(Batch batch) {
    for (LogRecord record : batch.records()) {
      try {
        handler.handle(record);
      } catch (MalformedEventException e) {
        skip(record, String.valueOf(e.getMessage()), null);
      } catch (RuntimeException e) {
        skip(record, e.toString(), e);
      }
    }
    batch.next().forEach(positions::raise);
  }

  private void skip(LogRecord record, String why, @Nullable RuntimeException unexpected) {
    long count = skipped.incrementAndGet();
    long now = System.nanoTime();
    if (count == 1 || now - warnedNanos > WARN_AGAIN.toNanos()) {
      warnedNanos = now;
      LOG.warn(
          "follower {}: {} is passed over ({} records so far): {}",
          name,
          record.place(),
          count,
          why,
          unexpected);
    }
  }
}
