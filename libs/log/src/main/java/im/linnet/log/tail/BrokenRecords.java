package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs records at which a mistake of ours threw: each place once, and only some in a minute. Counts
 * all of them. Owned by one thread.
 */
final class BrokenRecords {
  private static final Logger LOG = LoggerFactory.getLogger(BrokenRecords.class);

  private static final int REMEMBERED = 1_024;
  private static final int MOST_A_MINUTE = 20;
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final TailMeters meters;
  private final LongSupplier nanos;
  private final Set<String> told = new LinkedHashSet<>();
  private long minuteNanos;
  private int toldInMinute;

  BrokenRecords(TailMeters meters, LongSupplier nanos) {
    this.meters = meters;
    this.nanos = nanos;
    this.minuteNanos = nanos.getAsLong();
  }

  /** Notes a record that could not be taken in. Returns whether it was logged. */
  boolean tell(LogRecord record, RuntimeException failure) {
    meters.broken.increment();
    long now = nanos.getAsLong();
    if (now - minuteNanos >= MINUTE_NANOS) {
      minuteNanos = now;
      toldInMinute = 0;
    }
    if (toldInMinute >= MOST_A_MINUTE || !told.add(record.place())) {
      return false;
    }
    if (told.size() > REMEMBERED) {
      told.remove(told.iterator().next());
    }
    toldInMinute++;
    LOG.warn(
        "{} could not be taken in; its sessions are closed and resume from the store",
        record.place(),
        failure);
    return true;
  }
}
