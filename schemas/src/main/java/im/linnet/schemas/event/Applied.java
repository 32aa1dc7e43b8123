package im.linnet.schemas.event;

import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code im.applied.v1}, keyed by persister instance and loop: the progress of a view.
 *
 * @param view the view's id; a reader of another view ignores the record
 * @param offsets per partition the next offset that the view will take; the view holds all records
 *     below it
 * @param storeTime the store's causal time after the batch, opaque outside the store; null if the
 *     store has no such time
 */
public record Applied(String view, Map<StreamPartition, Long> offsets, @Nullable String storeTime) {
  public static final String TYPE = "applied";

  public Applied {
    offsets = Map.copyOf(offsets);
  }
}
