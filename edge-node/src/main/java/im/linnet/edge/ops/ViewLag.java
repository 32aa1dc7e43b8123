package im.linnet.edge.ops;

import im.linnet.log.applied.AppliedOffsets;
import im.linnet.log.tail.Tail;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * How many records that this edge has read the view does not hold yet: what a persister that lags,
 * or is gone, leaves undone. Each asking has it counted anew on the tail's thread and gives what
 * was counted last. Safe on any thread.
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
            records = state.lag(applied::applied);
            asked.set(false);
          });
    }
    return records;
  }
}
