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
 * Reads the committed records of fixed partitions without a group, and goes on for ever. Only its
 * own daemon thread touches the consumer and calls the handler. The methods are safe on any thread.
 *
 * <p>Each record is handled once per start, in the order of its partition. While no broker answers,
 * it waits. If retention has deleted its next record, it goes on at the earliest record left, with
 * a warning. If the handler throws at a record, the record is passed over and counted in {@link
 * #skipped()}. There is a warning for the first such record, and one a minute at most for later
 * ones.
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
   * @param name names the thread, in logs and for brokers
   * @param ends the ends of partitions; a {@link im.linnet.log.topics.LogOffsets} must stay open
   *     while this follower lives
   * @param partitions the partitions to read; fixed
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
   * Completes once the handler has taken all records that were in the log at the start. Waits while
   * no broker answers. Fails if the follower is closed first.
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
   * Waits until the handler has taken all records that are in the log now. Open transactions count.
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

  /** The offset of the next record; -1 while the first offset is not known yet. */
  public long position(LogPartition partition) {
    return positions.next(partition);
  }

  /** The number of records that were passed over because the handler threw. */
  public long skipped() {
    return skipped.get();
  }

  /** Empty while it reads; otherwise one line with the reason. */
  public Optional<String> check() {
    return thread.check();
  }

  /** Stops within some 4 s, and fails all futures that still wait. A second call does nothing. */
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

  /** The life of one consumer. A failure ends it; after a pause the next consumer goes on. */
  private void follow() throws InterruptedException {
    Consumer<byte[], byte[]> open = null;
    try {
      // Inside the try block, since Kafka throws here while no broker's name can be resolved.
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
    // Asks the brokers now. Otherwise the latest position would be that of the first poll.
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
          // It fails if the follower is closed. The close fails the waiting futures itself.
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
