package im.linnet.persister.decide;

import im.linnet.log.KafkaSettings;
import im.linnet.log.group.TransactionalLoop;
import im.linnet.log.topics.LogOffsets;
import im.linnet.records.RecordStore;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.RecordDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Judges the commands of {@code im.command.v1}: in a group, on a thread of its own. Several may
 * run; the group shares the partitions out. Used once.
 */
public final class Decider implements AutoCloseable {
  /** The consumer group of all deciders. */
  public static final String GROUP = "linnet-decider";

  private final TransactionalLoop loop;

  /**
   * Does nothing yet.
   *
   * @param instance unique among those of one Kafka
   * @param offsets must stay open meanwhile
   * @param store where the view is read; the decider writes nothing to it
   * @param logId the id of the log, which the view must be of
   * @param mostMembers how many members a topic may have
   * @param meters where it counts
   */
  public Decider(
      KafkaSettings kafka,
      TopicCatalogue catalogue,
      String instance,
      LogOffsets offsets,
      RecordStore store,
      String logId,
      int mostMembers,
      DeciderMeters meters) {
    DeciderHandler handler =
        new DeciderHandler(
            catalogue,
            new RecordDecoder<>(catalogue, Map.of(Topic.COMMAND, CommandEventCodec.family())),
            new StoreProgress(store, logId, System::nanoTime),
            new CommandJudge(store, store.topics(), mostMembers),
            offsets::ends,
            meters);
    this.loop =
        new TransactionalLoop(
            kafka, catalogue, Topic.COMMAND, GROUP, instance, handler, meters, Clock.systemUTC());
  }

  /** Joins the group and begins. Returns at once. */
  public void start() {
    loop.start();
  }

  /** Nothing while commands are judged; otherwise one line that says why not. */
  public Optional<String> check() {
    return loop.check().map(why -> "no commands are judged: " + why);
  }

  /** Completes when it has stopped; fails with what stopped it where nobody asked for it. */
  public CompletableFuture<Void> stopped() {
    return loop.stopped();
  }

  /** Finishes the transaction under way and leaves the group, within that time. */
  public void close(Duration timeout) {
    loop.close(timeout);
  }

  @Override
  public void close() {
    loop.close();
  }
}
