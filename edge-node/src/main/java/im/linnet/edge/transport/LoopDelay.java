package im.linnet.edge.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The delay with which an event loop runs a task of a steady pace. Owned by its loop. */
final class LoopDelay {
  static final long PERIOD_MILLIS = 200;
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

  private final LongConsumer lateNanos;
  private boolean began;
  private long before;

  LoopDelay(LongConsumer lateNanos) {
    this.lateNanos = lateNanos;
  }

  /** Notes a run of the task. A run that comes early after a late one counts as in time. */
  void ran(long nowNanos) {
    if (began) {
      lateNanos.accept(Math.max(0, nowNanos - before - PERIOD_NANOS));
    }
    began = true;
    before = nowNanos;
  }
}
