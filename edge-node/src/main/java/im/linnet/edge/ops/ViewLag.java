package im.linnet.edge.ops;

import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.Tail;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The number of records that this edge has read but the view does not hold yet. It grows while a
 * persister is slow or gone. Each question starts a new count on the tail's thread, and returns the
 * last count. Safe on any thread.
 */
public final class ViewLag implements LongSupplier {
  private final Tail tail;
  private final AppliedOffsets applied;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile long records;

  public ViewLag(Tail tail, AppliedOffsets applied) {
    this.tail = tail;
    this.applied = applied;
  }

  @Override
  public long getAsLong() {
    if (asked.compareAndSet(false, true)) {
      tail.execute(
          state -> {
            records = state.distance(applied::applied).records();
            asked.set(false);
          });
    }
    return records;
  }
}
