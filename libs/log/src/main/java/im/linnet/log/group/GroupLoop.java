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
 * Consumes topics in a group and gives the records to a handler, at least once. Its own daemon
 * thread alone calls the handler; the other methods are safe on any thread.
 *
 * <p>Positions are the handler's: whoever is given a partition begins where the handler says. When
 * the handler fails for the time being, nothing is fetched and the same batch is tried again, with
 * full-jitter back-off, while the membership goes on. Any other failure of the handler, and a
 * position at which the log has nothing, stop the loop loudly: {@link #check()} and {@link
 * #stopped()} tell, and the partitions go to the other members.
 */
public final class GroupLoop extends MemberLoop {
  /** Records in one batch unless said otherwise. */
  public static final int DEFAULT_BATCH_RECORDS = 2_000;

  /** A member that was killed is in the group for so long. */
  public static final Duration SESSION =
      Duration.ofMillis(KafkaClients.GroupPace.PATIENT.sessionTimeoutMillis());

  private static final Duration POLL = Duration.ofMillis(500);

  private final BatchHandler handler;

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
    // Nothing that failed is left: it worked, or it is somebody else's by now.
    backoff.reset();
  }

  @Override
  void revoked(Set<LogPartition> partitions) {
    handler.revoked(partitions);
  }
}
