package im.linnet.log.group;

import im.linnet.log.Backoff;
import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes topics in a group and gives the records to a handler, at least once. Its own daemon
 * thread alone calls the handler; the other methods are safe on any thread.
 *
 * <p>Positions are the handler's: whoever is given a partition begins where the handler says. When
 * the handler fails for the time being, nothing is fetched and the same batch is tried again, with
 * full-jitter back-off, while the membership goes on. Any other failure of the handler, and a
 * position at which the log has nothing, stop the loop loudly: {@link #check()} and {@link
 * #stopped()} tell, and the partitions go to the other members.
 */
public final class GroupLoop implements AutoCloseable {
  /** Records in one batch unless said otherwise. */
  public static final int DEFAULT_BATCH_RECORDS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(GroupLoop.class);

  /** A member that was killed is in the group for so long. */
  public static final Duration SESSION =
      Duration.ofMillis(KafkaClients.GroupPace.PATIENT.sessionTimeoutMillis());

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(8);
  private static final long HOUSEKEEPING_NANOS = 1_000_000_000L;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final List<String> topics;
  private final BatchHandler handler;
  private final LoopListener listener;
  private final Backoff backoff;
  private final LoopThread thread;
  private long housekeptNanos;

  /**
   * @param group the consumer group
   * @param instance the stable name of this member within the group; two processes must never share
   *     it
   * @param batchRecords records in one batch at most; its bytes are bounded by some 8 MiB
   */
  public GroupLoop(
      KafkaSettings settings,
      String group,
      String instance,
      Collection<String> topics,
      int batchRecords,
      BatchHandler handler,
      LoopListener listener) {
    this(
        () ->
            KafkaClients.groupConsumer(
                settings, group, instance, "none", batchRecords, KafkaClients.GroupPace.PATIENT),
        group,
        topics,
        handler,
        listener,
        RandomGenerator.getDefault());
  }

  GroupLoop(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String group,
      Collection<String> topics,
      BatchHandler handler,
      LoopListener listener,
      RandomGenerator random) {
    this.consumers = consumers;
    this.topics = List.copyOf(topics);
    this.handler = handler;
    this.listener = listener;
    this.backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
    this.thread = new LoopThread("loop-" + group, this::run);
  }

  /** Joins the group and begins. Returns at once. */
  public void start() {
    thread.start();
  }

  /** Nothing while batches are taken; otherwise one line that says why not. */
  public Optional<String> check() {
    return thread.check();
  }

  /** Completes when the loop has ended; fails with what stopped it where nobody asked for it. */
  public CompletableFuture<Void> stopped() {
    return thread.stopped();
  }

  /** Finishes the batch under way, commits and leaves the group; some 8 s at most. */
  @Override
  public void close() {
    close(CLOSE);
  }

  /** As {@link #close()}, but waits at most that long. */
  public void close(Duration timeout) {
    thread.close(timeout);
  }

  private void run() throws InterruptedException {
    GroupMember open = new GroupMember(consumers.get(), thread, listener, handler::revoked, true);
    thread.wokenBy(open::wakeup);
    try {
      open.subscribe(topics);
      while (!thread.stopping()) {
        ConsumerRecords<byte[], byte[]> polled = open.poll(POLL);
        open.takeDropped();
        if (!polled.nextOffsets().isEmpty()) {
          take(open, Batch.of(polled));
        }
        place(open);
        keepHouse(open);
      }
    } finally {
      open.close();
    }
  }

  private void place(GroupMember open) throws InterruptedException {
    while (!open.unplaced().isEmpty() && !thread.stopping()) {
      Set<LogPartition> wanted = open.unplaced();
      try {
        handler.handledBefore(committed(open, wanted));
        Map<LogPartition, Long> positions = handler.positions(wanted);
        for (LogPartition partition : wanted) {
          long position = positions.getOrDefault(partition, 0L);
          LOG.info("goes on at {}@{}", partition, position);
          open.place(partition, position);
        }
      } catch (TransientFailureException e) {
        holdBecause(open, e);
      }
    }
    // Also where nothing was placed: what the hold was for may be revoked by now.
    worked(open);
  }

  private static Map<LogPartition, Long> committed(GroupMember open, Set<LogPartition> wanted)
      throws TransientFailureException {
    try {
      return open.committed(wanted);
    } catch (WakeupException e) {
      throw new TransientFailureException("woken", e);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new TransientFailureException("the group's offsets: " + e.getMessage(), e);
    }
  }

  private void take(GroupMember open, Batch polled) throws InterruptedException {
    long began = System.nanoTime();
    Batch batch = polled;
    while (!batch.next().isEmpty() && !thread.stopping()) {
      try {
        handler.handle(batch.records(), batch.next());
        open.handled(batch.next());
        listener.handled(batch.records().size(), Duration.ofNanos(System.nanoTime() - began));
        worked(open);
        return;
      } catch (TransientFailureException e) {
        holdBecause(open, e);
        batch = batch.without(open.takeDropped());
      }
    }
    worked(open);
  }

  private void holdBecause(GroupMember open, TransientFailureException failure)
      throws InterruptedException {
    listener.failed(failure);
    Duration pause = backoff.next();
    LOG.warn(
        "failed {} times, again in {} ms: {}",
        backoff.failures(),
        pause.toMillis(),
        failure.getMessage());
    thread.trouble(String.valueOf(failure.getMessage()));
    open.hold(pause);
  }

  private void worked(GroupMember open) {
    if (backoff.failures() > 0) {
      backoff.reset();
      thread.trouble("");
      open.resume();
    }
  }

  private void keepHouse(GroupMember open) {
    long now = System.nanoTime();
    if (now - housekeptNanos >= HOUSEKEEPING_NANOS) {
      housekeptNanos = now;
      open.commitLater();
      listener.lag(open.lag());
    }
  }
}
