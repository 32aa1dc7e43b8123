package im.linnet.edge.op;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The signals that one session may still send: {@link #MOST} at once, and one more each {@link
 * #EACH_MILLIS} after that. Owned by the session's event loop.
 */
final class SignalBudget {
  static final int MOST = 10;
  static final long EACH_MILLIS = 500;

  private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(EACH_MILLIS);

  private final LongSupplier nanos;
  // When the budget is whole again.
  private long whole;

  SignalBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.whole = nanos.getAsLong();
  }

  /** Takes one; 0, or the milliseconds until there is one to take. */
  long take() {
    long now = nanos.getAsLong();
    long then = Math.max(whole, now) + EACH_NANOS;
    long over = then - now - MOST * EACH_NANOS;
    if (over > 0) {
      return TimeUnit.NANOSECONDS.toMillis(over) + 1;
    }
    whole = then;
    return 0;
  }
}
