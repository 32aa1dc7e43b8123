package im.linnet.log.group;

import im.linnet.log.Backoff;
import im.linnet.log.Batch;
import im.linnet.log.LogPartition;
import im.linnet.log.LogRecords;
import im.linnet.log.LoopThread;
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
 * The loop of a group's member, on a daemon thread of its own. It polls, hands on the records,
 * places new partitions, and holds after a transient failure. The public methods are safe on any
 * thread; the others are for the loop's thread.
 */
abstract class MemberLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);
  private static final Duration CLOSE = Duration.ofSeconds(8);
  private static final long HOUSEKEEPING_NANOS = 1_000_000_000L;

  final LoopThread thread;
  final LoopListener listener;
  final Backoff backoff;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final List<String> topics;
  private final boolean commits;
  private final LoopTrouble trouble;
  private boolean troubled;
  private long housekeptNanos = System.nanoTime();

  /**
   * @param name of the thread
   * @param commits whether offsets that were handled are committed for lag tools
   */
  MemberLoop(
      String name,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Collection<String> topics,
      boolean commits,
      LoopListener listener,
      RandomGenerator random) {
    this.consumers = consumers;
    this.topics = List.copyOf(topics);
    this.commits = commits;
    this.listener = listener;
    this.backoff = Backoff.ofLoops(random);
    this.thread = new LoopThread(name, this::run);
    this.trouble = new LoopTrouble(thread);
  }

  /** Joins the group and begins. Returns at once. */
  public final void start() {
    thread.start();
  }

  /** Empty while records are taken; otherwise one line with the reason. */
  public final Optional<String> check() {
    return thread.check();
  }

  /** Completes when the loop has ended. Fails if it ended without a request, with the reason. */
  public final CompletableFuture<Void> stopped() {
    return thread.stopped();
  }

  /** Finishes the work under way and leaves the group, within some 8 s. */
  @Override
  public final void close() {
    close(CLOSE);
  }

  /** As {@link #close()}, but waits at most that long. */
  public final void close(Duration timeout) {
    thread.close(timeout);
  }

  /** Called before it joins the group. */
  void open() throws InterruptedException {}

  /** The time for which a poll may wait for records. */
  abstract Duration patience();

  /** Takes the records of a poll. */
  abstract void take(GroupMember member, Batch batch) throws InterruptedException;

  /**
   * Prepares for partitions that were assigned.
   *
   * @param committed the group's offsets
   * @return where each of them begins
   */
  abstract Map<LogPartition, Long> positions(
      Set<LogPartition> wanted, Map<LogPartition, Long> committed) throws TransientFailureException;

  /** Called at the end of a round. All records are taken, and all partitions are placed. */
  abstract void turned(GroupMember member) throws InterruptedException;

  /** Called inside a poll: these partitions were revoked or lost. */
  abstract void revoked(Set<LogPartition> partitions);

  /** Called after it has left the group. */
  void ended() {}

  private void run() throws InterruptedException {
    try {
      open();
      GroupMember member =
          new GroupMember(consumers.get(), thread, trouble, listener, this::revoked, commits);
      thread.wokenBy(member::wakeup);
      try {
        member.subscribe(topics);
        while (!thread.stopping()) {
          round(member);
        }
      } finally {
        member.close();
      }
    } catch (InterruptException e) {
      // Kafka has set the flag; the checked exception replaces it.
      Thread.interrupted();
      InterruptedException checked = new InterruptedException("interrupted in a call of Kafka");
      checked.initCause(e);
      throw checked;
    } finally {
      ended();
    }
  }

  private void round(GroupMember member) throws InterruptedException {
    ConsumerRecords<byte[], byte[]> polled = member.poll(patience());
    // The records of a poll hold nothing of partitions that it revoked.
    member.takeDropped();
    if (!polled.nextOffsets().isEmpty()) {
      take(member, LogRecords.batch(polled));
    }
    place(member);
    turned(member);
    long now = System.nanoTime();
    if (now - housekeptNanos >= HOUSEKEEPING_NANOS) {
      housekeptNanos = now;
      member.offsets().commitLater();
      listener.lag(member.lag());
    }
  }

  private void place(GroupMember member) throws InterruptedException {
    while (!member.unplaced().isEmpty() && !thread.stopping()) {
      Set<LogPartition> wanted = member.unplaced();
      try {
        // The offsets first: Kafka gives them once no transaction of an earlier owner is open.
        positions(wanted, member.offsets().committed(wanted))
            .forEach(
                (partition, position) -> {
                  LOG.info("goes on at {}@{}", partition, position);
                  member.place(partition, position);
                });
      } catch (InterruptException e) {
        throw e;
      } catch (WakeupException e) {
        LOG.debug("woken while placing");
      } catch (KafkaException | TransientFailureException e) {
        hold(member, e);
      }
    }
    // Also if nothing was placed: the partition that caused the hold may be revoked by now.
    if (troubled) {
      troubled = false;
      trouble.ofHandler("");
      member.resume();
    }
  }

  /** Takes no records for a while after a transient failure. */
  final void hold(GroupMember member, Exception failure) throws InterruptedException {
    member.hold(failed(failure));
  }

  /** Notes a transient failure. Returns the wait before the next try. */
  final Duration failed(Exception failure) {
    troubled = true;
    listener.failed(failure);
    Duration pause = backoff.next();
    String line =
        failure instanceof TransientFailureException
            ? String.valueOf(failure.getMessage())
            : failure.toString();
    LOG.warn("failed {} times, again in {} ms: {}", backoff.failures(), pause.toMillis(), line);
    trouble.ofHandler(line);
    return pause;
  }
}
