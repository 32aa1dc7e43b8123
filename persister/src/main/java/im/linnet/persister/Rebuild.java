package im.linnet.persister;

import im.linnet.log.Batch;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.LogScan;
import im.linnet.log.group.GroupMembers;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.apply.LogJudge;
import im.linnet.records.RecordPlanner;
import im.linnet.records.StoreUnusableException;
import im.linnet.records.ViewState;
import im.linnet.records.mongo.MongoRebuild;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.RecordDecoder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Builds the view anew from the log, up to the offsets of the old view, and replaces it. Blocks the
 * caller; for one use. If it throws half-way because Kafka or the store does not answer, the same
 * call in another process goes on at the last written batch.
 *
 * <p>Malformed records are left out: they came into the dead letters when the old view passed them.
 */
public final class Rebuild {
  private final KafkaSettings kafka;
  private final TopicCatalogue catalogue;
  private final MongoRecordStore store;

  /**
   * Does nothing yet.
   *
   * @param catalogue of the log
   * @param store the store of the view; it need not be opened, since a rebuild never makes a first
   *     view
   */
  public Rebuild(KafkaSettings kafka, TopicCatalogue catalogue, MongoRecordStore store) {
    this.kafka = kafka;
    this.catalogue = catalogue;
    this.store = store;
  }

  /**
   * The progress of a rebuild.
   *
   * @param done the passed offsets, with those of earlier tries
   * @param total the offsets to pass in all
   */
  public record Progress(long done, long total) {}

  /**
   * Rebuilds.
   *
   * @param progress told after each written batch
   * @throws RebuildRefusedException if there is no view, the view is empty but the log is not,
   *     persisters are running, the log has lost its first records, or it is another log; nothing
   *     was written then
   * @throws im.linnet.log.LogUnavailableException if Kafka does not answer
   * @throws im.linnet.records.StoreUnavailableException if the store does not answer
   */
  public void run(Consumer<Progress> progress) {
    check(view());
    LogJudge judge = new LogJudge(RecordDecoder.ofStreams(catalogue), LogJudge.in(kafka));
    MongoRebuild target = store.rebuild();
    Map<StreamPartition, Long> goal = target.goal();
    Map<StreamPartition, Long> reached = new HashMap<>(target.state().next());
    progress.accept(progress(reached, goal));
    try (LogScan scan = new LogScan(kafka, "rebuild", places(reached), places(goal))) {
      while (!scan.isDone()) {
        Batch batch = scan.next();
        if (!batch.next().isEmpty()) {
          Map<StreamPartition, Long> next = LogPartition.places(batch.next());
          Map<StreamPartition, Long> from = new HashMap<>();
          next.keySet().forEach(place -> from.put(place, reached.getOrDefault(place, 0L)));
          target.apply(
              RecordPlanner.plan(judge.judge(batch.records()).valid(), next).beginningAt(from));
          reached.putAll(next);
          progress.accept(progress(reached, goal));
        }
      }
    }
    boolean isMore = true;
    while (isMore) {
      isMore = target.carryOn();
    }
    target.swap();
  }

  private ViewState view() {
    try {
      return store.state();
    } catch (StoreUnusableException e) {
      throw new RebuildRefusedException(
          "there is no view in this database: does the MongoDB URI name the right one? The first"
              + " view is built by a persister",
          e);
    }
  }

  private void check(ViewState view) {
    List<String> members = GroupMembers.of(kafka, Persister.GROUP);
    if (!members.isEmpty()) {
      throw new RebuildRefusedException(
          "stop the persisters first: "
              + String.join(", ", members)
              + " (one that was killed counts for some 10 s more)");
    }
    try (TopicAdmin admin = TopicAdmin.open(kafka)) {
      String log = admin.clusterId();
      if (!view.logId().equals(log)) {
        throw new RebuildRefusedException(
            "the view is of the log " + view.logId() + ", this is the log " + log);
      }
      List<LogPartition> partitions = LogPartition.ofStreams(catalogue);
      if (isEmpty(view.next()) && !isEmpty(admin.offsets().ends(partitions))) {
        throw new RebuildRefusedException(
            "the view in this database is empty, the log is not: does the MongoDB URI name the"
                + " right one? A persister fills an empty view from the log's start");
      }
      Map<LogPartition, Long> gone = new TreeMap<>(Comparator.comparing(LogPartition::toString));
      admin.offsets().starts(partitions).entrySet().stream()
          .filter(start -> start.getValue() > 0)
          .forEach(start -> gone.put(start.getKey(), start.getValue()));
      if (!gone.isEmpty()) {
        throw new RebuildRefusedException(
            "the log no longer holds everything; it begins at " + gone + ": keep the view");
      }
    }
  }

  private static boolean isEmpty(Map<?, Long> offsets) {
    return offsets.values().stream().allMatch(offset -> offset == 0);
  }

  private static Progress progress(
      Map<StreamPartition, Long> reached, Map<StreamPartition, Long> goal) {
    long done = 0;
    long total = 0;
    for (Map.Entry<StreamPartition, Long> each : goal.entrySet()) {
      total += each.getValue();
      done += Math.min(each.getValue(), reached.getOrDefault(each.getKey(), 0L));
    }
    return new Progress(done, total);
  }

  private static Map<LogPartition, Long> places(Map<StreamPartition, Long> offsets) {
    Map<LogPartition, Long> places = new HashMap<>();
    offsets.forEach((partition, offset) -> places.put(LogPartition.of(partition), offset));
    return places;
  }
}
