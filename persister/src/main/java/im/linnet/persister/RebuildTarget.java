package im.linnet.persister;

import im.linnet.records.RecordPlan;
import im.linnet.records.RecordWriter;
import im.linnet.records.ViewState;
import im.linnet.records.mongo.MongoRebuild;
import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The new collections, beside the old ones, and the exchange of the two. */
interface RebuildTarget extends RecordWriter {
  /** How far the old view was: what the new one has to reach. */
  Map<StreamPartition, Long> goal();

  /** Puts the new in the place of the old. */
  void swap();

  /** A rebuild in MongoDB. */
  static RebuildTarget of(MongoRebuild rebuild) {
    return new RebuildTarget() {
      @Override
      public Map<StreamPartition, Long> goal() {
        return rebuild.goal();
      }

      @Override
      public void swap() {
        rebuild.swap();
      }

      @Override
      public @Nullable String apply(RecordPlan plan) {
        return rebuild.apply(plan);
      }

      @Override
      public ViewState state() {
        return rebuild.state();
      }
    };
  }
}
