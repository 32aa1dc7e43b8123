package im.linnet.log.group;

import im.linnet.log.Backoff;
import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.TopicShapes;
import im.linnet.schemas.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one topic in a group and publishes what its handler answers, exactly once: a batch's
 * answers and its consumed offsets are one Kafka transaction. Its own daemon thread alone calls the
 * handler; the other methods are safe on any thread.
 *
 * <p>After a failed transaction the producer is replaced (which ends the transaction), the
 * partitions go back to their committed offsets and the handler brings its state there. An instance
 * that was fenced by another one of the same name stops loudly, with an {@link
 * InstanceInUseException}: {@link #check()} and {@link #stopped()} tell.
 */
public final class TransactionalLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalLoop.class);

  /** A member that was killed is in the group for so long. */
  public static final Duration SESSION =
      Duration.ofMillis(KafkaClients.GroupPace.PROMPT.sessionTimeoutMillis());

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(8);
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(2);
  private static final int BATCH_RECORDS = 500;
  private static final long HOUSEKEEPING_NANOS = 1_000_000_000L;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final TransactionalHandler handler;
  private final LoopListener listener;
  private final Clock clock;
  private final Backoff backoff;
  private final LoopThread thread;
  private final Transactions transactions;
  private final Map<LogPartition, Long> positions = new HashMap<>();
  private boolean troubled;
  private long tickedNanos = System.nanoTime();
  private long housekeptNanos = System.nanoTime();

  /**
   * @param topic the one topic to consume
   * @param group the consumer group
   * @param instance the stable name of this instance within the group; with the group it makes the
   *     transactional id, so two processes must never share it
   * @param clock for ticks and {@code ce_time}
   */
  public TransactionalLoop(
      KafkaSettings settings,
      TopicCatalogue catalogue,
      String topic,
      String group,
      String instance,
      TransactionalHandler handler,
      LoopListener listener,
      Clock clock) {
    this(
        () ->
            KafkaClients.groupConsumer(
                settings,
                group,
                instance,
                "earliest",
                BATCH_RECORDS,
                KafkaClients.GroupPace.PROMPT),
        () ->
            KafkaClients.transactionalProducer(settings, KafkaClients.memberName(group, instance)),
        catalogue,
        topic,
        handler,
        listener,
        clock,
        RandomGenerator.getDefault());
  }

  TransactionalLoop(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<Producer<byte[], byte[]>> producers,
      TopicCatalogue catalogue,
      String topic,
      TransactionalHandler handler,
      LoopListener listener,
      Clock clock,
      RandomGenerator random) {
    this.consumers = consumers;
    this.topic = topic;
    this.handler = handler;
    this.listener = listener;
    this.clock = clock;
    this.backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
    this.thread = new LoopThread("loop-" + topic, this::run);
    this.transactions = new Transactions(producers, new TopicShapes(catalogue));
  }

  /** Takes the transactional id, joins the group and begins. Returns at once. */
  public void start() {
    thread.start();
  }

  /** Nothing while records are taken; otherwise one line that says why not. */
  public Optional<String> check() {
    return thread.check();
  }

  /** Completes when the loop has ended; fails with what stopped it where nobody asked for it. */
  public CompletableFuture<Void> stopped() {
    return thread.stopped();
  }

  /** Finishes the transaction under way and leaves the group; some 8 s at most. */
  @Override
  public void close() {
    thread.close(CLOSE);
  }

  private void run() throws InterruptedException {
    try {
      openProducer();
      GroupMember open = new GroupMember(consumers.get(), thread, listener, this::forget, false);
      thread.wokenBy(open::wakeup);
      try {
        open.subscribe(List.of(topic));
        while (!thread.stopping()) {
          turn(open);
        }
      } finally {
        open.close();
      }
    } catch (InterruptException e) {
      LOG.info("interrupted in a transaction");
      throw new InterruptedException(e.getMessage());
    } finally {
      transactions.close(PRODUCER_CLOSE);
    }
  }

  private void turn(GroupMember open) throws InterruptedException {
    long sinceTick = System.nanoTime() - tickedNanos;
    ConsumerRecords<byte[], byte[]> polled =
        open.poll(Duration.ofNanos(Math.max(0, TICK.toNanos() - sinceTick)));
    if (!polled.nextOffsets().isEmpty()) {
      take(open, Batch.of(polled));
    }
    restore(open);
    long now = System.nanoTime();
    if (now - tickedNanos >= TICK.toNanos() && !thread.stopping()) {
      tickedNanos = now;
      tick(open);
    }
    if (now - housekeptNanos >= HOUSEKEEPING_NANOS) {
      housekeptNanos = now;
      listener.lag(open.lag());
    }
  }

  private void take(GroupMember open, Batch batch) throws InterruptedException {
    if (batch.records().isEmpty()) {
      positions.putAll(batch.next());
      return;
    }
    long began = System.nanoTime();
    if (transact(open, handler.handle(batch.records()), batch.next())) {
      listener.handled(batch.records().size(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private void tick(GroupMember open) throws InterruptedException {
    if (open.placed().isEmpty()) {
      return;
    }
    List<OutgoingRecord> due = handler.tick(clock.millis());
    if (!due.isEmpty()) {
      var unused = transact(open, due, Map.of());
    }
  }

  private boolean transact(
      GroupMember open, List<OutgoingRecord> records, Map<LogPartition, Long> moved)
      throws InterruptedException {
    Map<LogPartition, Long> next = new HashMap<>(positions);
    next.putAll(moved);
    try {
      transactions.commit(records, next, open.metadata(), clock.millis());
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      startOver(open, e);
      return false;
    }
    positions.putAll(moved);
    if (backoff.failures() > 0) {
      backoff.reset();
    }
    handler.committed();
    return true;
  }

  /**
   * Nobody knows how far the log is: ask it, and have the handler restore what it does not know.
   */
  private void startOver(GroupMember open, KafkaException failure) throws InterruptedException {
    Optional<RuntimeException> fatal = transactions.fatal(failure);
    if (fatal.isPresent()) {
      throw fatal.get();
    }
    Set<LogPartition> ours = open.placed();
    open.unplaceAll();
    positions.keySet().removeAll(ours);
    handler.aborted(numbers(ours));
    transactions.close(Duration.ZERO);
    holdBecause(open, failure);
    openProducer();
  }

  private void openProducer() throws InterruptedException {
    while (!thread.stopping()) {
      try {
        transactions.open();
        return;
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        Optional<RuntimeException> fatal = transactions.fatal(e);
        if (fatal.isPresent()) {
          throw fatal.get();
        }
        thread.pause(failed(e));
      }
    }
  }

  private void restore(GroupMember open) throws InterruptedException {
    while (!open.unplaced().isEmpty() && !thread.stopping()) {
      Set<LogPartition> wanted = open.unplaced();
      try {
        // First: it waits until no transaction of an earlier owner is open on these offsets.
        Map<LogPartition, Long> committed = open.committed(wanted);
        handler.assigned(numbers(wanted));
        committed.forEach(
            (partition, offset) -> {
              LOG.info("goes on at {}@{}", partition, offset);
              open.place(partition, offset);
              positions.put(partition, offset);
            });
      } catch (InterruptException e) {
        throw e;
      } catch (WakeupException e) {
        LOG.debug("woken while restoring");
      } catch (KafkaException | TransientFailureException e) {
        holdBecause(open, e);
      }
    }
    // Also where nothing was restored: what the hold was for may be revoked by now.
    goOn(open);
  }

  private void forget(Set<LogPartition> partitions) {
    positions.keySet().removeAll(partitions);
    handler.revoked(numbers(partitions));
  }

  private void holdBecause(GroupMember open, Exception failure) throws InterruptedException {
    open.hold(failed(failure));
  }

  private Duration failed(Exception failure) {
    troubled = true;
    listener.failed(failure);
    Duration pause = backoff.next();
    LOG.warn(
        "failed {} times, again in {} ms: {}",
        backoff.failures(),
        pause.toMillis(),
        failure.toString());
    thread.trouble(failure.toString());
    return pause;
  }

  /**
   * Takes records again. Only a commit proves that it works: the batch that failed comes again, and
   * where it always fails, each time comes later.
   */
  private void goOn(GroupMember open) {
    if (troubled) {
      troubled = false;
      thread.trouble("");
      open.resume();
    }
  }

  private static Set<Integer> numbers(Set<LogPartition> partitions) {
    return partitions.stream().map(LogPartition::partition).collect(Collectors.toSet());
  }
}
