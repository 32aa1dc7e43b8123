package im.linnet.records;

import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a view, by its own document.
 *
 * @param id the view's id; new only for a view that starts empty
 * @param logId the id of the log that it is a view of
 * @param next per partition the next offset for the applier; a partition that is not there has 0
 * @param storeTime the store's causal time, opaque; null if the store has none
 */
public record ViewState(
    String id, String logId, Map<StreamPartition, Long> next, @Nullable String storeTime) {
  public ViewState {
    next = Map.copyOf(next);
  }

  /**
   * Checks that this is the view that a reader was told of, and that it is as far as it was then.
   *
   * @throws StoreUnavailableException if it is not: the store was emptied or replaced
   */
  public void requireView(String view, Map<StreamPartition, Long> reached) {
    if (!id.equals(view)) {
      throw new StoreUnavailableException(
          "the store holds the view " + id + " instead of " + view + ": it was made anew");
    }
    reached.forEach(
        (place, offset) -> {
          long here = next.getOrDefault(place, 0L);
          if (here < offset) {
            throw new StoreUnavailableException(
                "the store is at "
                    + place
                    + "@"
                    + here
                    + " and was at "
                    + offset
                    + ": an older copy was put in its place");
          }
        });
  }

  /**
   * Checks that a plan leaves no gap.
   *
   * @param from per partition the begin of the plan; a partition that is not there begins anywhere
   * @throws StoreUnusableException if the view is not that far: it was emptied or replaced
   *     meanwhile
   */
  public void requireNoGap(Map<StreamPartition, Long> from) {
    from.forEach(
        (place, offset) -> {
          long here = next.getOrDefault(place, 0L);
          if (here < offset) {
            throw new StoreUnusableException(
                "the view is at "
                    + place
                    + "@"
                    + here
                    + " and this process at "
                    + offset
                    + ": the store was emptied or replaced meanwhile; restart to go on from there");
          }
        });
  }
}
