package im.linnet.schemas.event;

import im.linnet.schemas.StreamPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code im.applied.v1}, keyed by persister instance and loop: how far a view is.
 *
 * @param view the view's id; a reader of another view ignores the record
 * @param offsets per partition the next offset that the view will take: all below are in it
 * @param storeTime the store's causal time after the batch, opaque to everybody but the store; null
 *     where the store has none
 */
public record Applied(String view, Map<StreamPartition, Long> offsets, @Nullable String storeTime) {
  public static final String TYPE = "applied";

  public Applied {
    offsets = Map.copyOf(offsets);
  }
}
