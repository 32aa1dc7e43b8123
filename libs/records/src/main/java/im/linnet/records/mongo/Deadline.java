package im.linnet.records.mongo;

import im.linnet.records.StoreUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When one call must be answered, however many queries it makes. */
final class Deadline {
  private final LongSupplier nanos;
  private final long end;

  /** So many milliseconds from now, by a clock of nanoseconds. */
  Deadline(long millis, LongSupplier nanos) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * The time for the next query, 1 at least.
   *
   * @throws StoreUnavailableException if no time is left
   */
  long leftMillis() {
    long left = TimeUnit.NANOSECONDS.toMillis(end - nanos.getAsLong());
    if (left < 1) {
      throw new StoreUnavailableException("MongoDB took too long for all that was asked at once");
    }
    return left;
  }
}
