package im.linnet.records;

import im.linnet.schemas.StreamPartition;
import java.util.List;
import java.util.Map;

/**
 * The changes of the view for one batch of log records: the planner's result and the store's input.
 * A plan may be applied any number of times, also after a later one, with the same outcome.
 *
 * @param changes in an order in which they may be applied one by one
 * @param from per partition the first offset of this plan: a view that is not that far takes
 *     nothing of it; a partition that is not there begins anywhere
 * @param next per partition the next offset after this plan
 */
public record RecordPlan(
    List<Change> changes, Map<StreamPartition, Long> from, Map<StreamPartition, Long> next) {
  public RecordPlan {
    changes = List.copyOf(changes);
    from = Map.copyOf(from);
    next = Map.copyOf(next);
  }

  /** The same plan, for a view that has reached these offsets at least. */
  public RecordPlan beginningAt(Map<StreamPartition, Long> offsets) {
    return new RecordPlan(changes, offsets, next);
  }

  /** Its changes of one kind, in their order. */
  public <C extends Change> List<C> of(Class<C> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How many documents it adds to a view, at most. */
  public int documents() {
    return changes.stream().mapToInt(Change::documents).sum();
  }
}
