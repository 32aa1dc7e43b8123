package im.linnet.log.group;

import im.linnet.log.Batch;
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
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Consumes one topic in a group and publishes the answers of its handler, exactly once: the answers
 * to a batch and its consumed offsets are one transaction of Kafka. Only its own daemon thread
 * calls the handler. The public methods are safe on any thread.
 *
 * <p>After a failed transaction the producer is replaced, which ends the transaction. The
 * partitions go back to their committed offsets, and the handler restores its state for these. If
 * another instance of the same name has fenced this one, the loop stops with an {@link
 * InstanceInUseException}. Then {@link #check()} and {@link #stopped()} have the reason.
 */
public final class TransactionalLoop extends MemberLoop {
  /** A killed member stays in the group for this time. */
  public static final Duration SESSION =
      Duration.ofMillis(KafkaClients.GroupPace.PROMPT.sessionTimeoutMillis());

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(2);
  private static final int BATCH_RECORDS = 500;

  private final TransactionalHandler handler;
  private final Clock clock;
  private final Transactions transactions;
  private final Map<LogPartition, Long> positions = new HashMap<>();
  private long tickedNanos = System.nanoTime();
  private boolean hasMore;

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
    super("loop-" + topic, consumers, List.of(topic), false, listener, random);
    this.handler = handler;
    this.clock = clock;
    this.transactions = new Transactions(producers, new TopicShapes(catalogue));
  }

  @Override
  void open() throws InterruptedException {
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

  @Override
  Duration patience() {
    return hasMore
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, TICK.toNanos() - (System.nanoTime() - tickedNanos)));
  }

  @Override
  void take(GroupMember member, Batch batch) throws InterruptedException {
    if (batch.records().isEmpty()) {
      positions.putAll(batch.next());
      return;
    }
    long began = System.nanoTime();
    List<OutgoingRecord> answers;
    try {
      answers = handler.handle(batch.records());
    } catch (TransientFailureException e) {
      goBack(member);
      hold(member, e);
      return;
    }
    if (transact(member, answers, batch.next())) {
      listener.handled(batch.records().size(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  @Override
  Map<LogPartition, Long> positions(Set<LogPartition> wanted, Map<LogPartition, Long> committed)
      throws TransientFailureException {
    handler.assigned(numbers(wanted));
    positions.putAll(committed);
    return committed;
  }

  @Override
  void turned(GroupMember member) throws InterruptedException {
    long now = System.nanoTime();
    if ((!hasMore && now - tickedNanos < TICK.toNanos()) || thread.stopping()) {
      return;
    }
    tickedNanos = now;
    hasMore = false;
    if (member.placed().isEmpty()) {
      return;
    }
    List<OutgoingRecord> due = handler.tick(clock.millis());
    if (!due.isEmpty()) {
      var unused = transact(member, due, Map.of());
    }
  }

  @Override
  void revoked(Set<LogPartition> partitions) {
    positions.keySet().removeAll(partitions);
    handler.revoked(numbers(partitions));
  }

  @Override
  void ended() {
    transactions.close(PRODUCER_CLOSE);
  }

  private boolean transact(
      GroupMember member, List<OutgoingRecord> records, Map<LogPartition, Long> moved)
      throws InterruptedException {
    Map<LogPartition, Long> next = new HashMap<>(positions);
    next.putAll(moved);
    try {
      transactions.commit(records, next, member.metadata(), clock.millis());
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      startOver(member, e);
      return false;
    }
    positions.putAll(moved);
    // Only a commit proves that the batch works. A failed batch comes again, and each time after a
    // longer wait.
    backoff.reset();
    handler.committed();
    hasMore = handler.hasMore();
    return true;
  }

  /**
   * Begins again after a transaction with an unknown end: from the offsets in the log, with a
   * restored handler.
   */
  private void startOver(GroupMember member, KafkaException failure) throws InterruptedException {
    Optional<RuntimeException> fatal = transactions.fatal(failure);
    if (fatal.isPresent()) {
      throw fatal.get();
    }
    goBack(member);
    transactions.close(Duration.ZERO);
    hold(member, failure);
    open();
  }

  /** What is assigned begins again at its committed offset. */
  private void goBack(GroupMember member) {
    Set<LogPartition> ours = member.placed();
    member.unplaceAll();
    positions.keySet().removeAll(ours);
    handler.aborted(numbers(ours));
  }

  private static Set<Integer> numbers(Set<LogPartition> partitions) {
    return partitions.stream().map(LogPartition::partition).collect(Collectors.toSet());
  }
}
