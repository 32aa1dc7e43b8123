package im.linnet.records;

import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a view says of itself.
 *
 * @param id the view's id; new only for a view that starts empty
 * @param logId the id of the log that it is a view of
 * @param next per partition the offset where the applier goes on; a partition that is not there has
 *     0
 * @param storeTime the store's causal time, opaque; null where the store has none
 */
public record ViewState(
    String id, String logId, Map<StreamPartition, Long> next, @Nullable String storeTime) {
  public ViewState {
    next = Map.copyOf(next);
  }
}
