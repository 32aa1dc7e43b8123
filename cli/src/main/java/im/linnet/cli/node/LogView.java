package im.linnet.cli.node;

import im.linnet.log.Batch;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.LogScan;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.apply.LogJudge;
import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.RecordDecoder;
import java.util.Map;
import java.util.Optional;

/** Reads the whole log into an empty view, once, without a persister. */
public final class LogView {
  private LogView() {}

  /**
   * Applies all records of the log up to now. Blocks.
   *
   * @param view empty, not opened yet
   */
  public static void read(KafkaSettings kafka, RecordStore view) {
    TopicCatalogue catalogue;
    Map<LogPartition, Long> ends;
    try (TopicAdmin admin = TopicAdmin.open(kafka)) {
      view.open(admin.clusterId());
      catalogue = Topics.catalogue(admin, Optional.empty(), TopicCatalogue.DEFAULT);
      ends = ends(admin, catalogue);
    }
    LogJudge judge = new LogJudge(RecordDecoder.ofStreams(catalogue), LogJudge.in(kafka));
    try (LogScan scan = new LogScan(kafka, "digest", Map.of(), ends)) {
      while (!scan.isDone()) {
        Batch batch = scan.next();
        view.apply(
            RecordPlanner.plan(
                judge.judge(batch.records()).valid(), LogPartition.places(batch.next())));
      }
    }
  }

  /** The present ends of the partitions from which a view is built. */
  static Map<LogPartition, Long> ends(TopicAdmin admin, TopicCatalogue catalogue) {
    return admin.offsets().ends(LogPartition.ofStreams(catalogue));
  }
}
