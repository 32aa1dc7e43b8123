package im.linnet.log.group;

import im.linnet.log.Batch;
import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Consumes topics in a group and gives the records to a handler, at least once. Only its own daemon
 * thread calls the handler. The public methods are safe on any thread.
 *
 * <p>The handler keeps the positions: a new partition begins where the handler says. After a
 * transient failure of the handler the loop fetches nothing, stays in the group, and tries the same
 * batch again with a full-jitter back-off. Any other failure of the handler stops the loop, and so
 * does a position at which the log has no record. Then {@link #check()} and {@link #stopped()} have
 * the reason, and the partitions go to the other members.
 */
public final class GroupLoop extends MemberLoop {
  /** The default number of records in a batch. */
  public static final int DEFAULT_BATCH_RECORDS = 2_000;

  /** A killed member stays in the group for this time. */
  public static final Duration SESSION =
      Duration.ofMillis(KafkaClients.GroupPace.PATIENT_SESSION_MS);

  private static final Duration POLL = Duration.ofMillis(500);

  private final BatchHandler handler;

  /**
   * @param group the consumer group
   * @param instance the stable name of this member within the group; two processes must never share
   *     it
   * @param batchRecords the most records in a batch; its bytes are bounded by some 8 MiB
   * @param gatherMillis how long a small batch is gathered
   */
  public GroupLoop(
      KafkaSettings settings,
      String group,
      String instance,
      Collection<String> topics,
      int batchRecords,
      int gatherMillis,
      BatchHandler handler,
      LoopListener listener) {
    this(
        () ->
            KafkaClients.groupConsumer(
                settings,
                group,
                instance,
                "none",
                batchRecords,
                KafkaClients.GroupPace.gathering(gatherMillis)),
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
    super("loop-" + group, consumers, topics, true, listener, random);
    this.handler = handler;
  }

  @Override
  Duration patience() {
    return POLL;
  }

  @Override
  Map<LogPartition, Long> positions(Set<LogPartition> wanted, Map<LogPartition, Long> committed)
      throws TransientFailureException {
    handler.handledBefore(committed);
    Map<LogPartition, Long> found = handler.positions(wanted);
    Map<LogPartition, Long> positions = new HashMap<>();
    wanted.forEach(partition -> positions.put(partition, found.getOrDefault(partition, 0L)));
    return positions;
  }

  @Override
  void take(GroupMember member, Batch polled) throws InterruptedException {
    long began = System.nanoTime();
    Batch batch = polled;
    while (!batch.next().isEmpty() && !thread.stopping()) {
      try {
        handler.handle(batch.records(), batch.next());
        member.offsets().handled(batch.next());
        listener.handled(batch.records().size(), Duration.ofNanos(System.nanoTime() - began));
        return;
      } catch (TransientFailureException e) {
        hold(member, e);
        batch = batch.without(member.takeDropped());
      }
    }
  }

  @Override
  void turned(GroupMember member) {
    // No failed batch is left: it has worked, or its partitions were revoked.
    backoff.reset();
  }

  @Override
  void revoked(Set<LogPartition> partitions) {
    handler.revoked(partitions);
  }
}
