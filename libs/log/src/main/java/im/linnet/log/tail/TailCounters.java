package im.linnet.log.tail;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a tail has done since it started. Written by the tail's thread; read by any. */
public final class TailCounters {
  final LongAdder read = new LongAdder();
  final LongAdder delivered = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder misidentified = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final LongAdder restarts = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder forgottenEarly = new LongAdder();
  final AtomicLong filterBytes = new AtomicLong();
  final AtomicLong ringBytes = new AtomicLong();
  final AtomicLong partitions = new AtomicLong();

  /** Records that came from the log. */
  public long read() {
    return read.sum();
  }

  /** Records that had a local recipient. */
  public long delivered() {
    return delivered.sum();
  }

  /** Records that reached the log too late to count. */
  public long stale() {
    return stale.sum();
  }

  /** Records for a local recipient that could not be read. */
  public long malformed() {
    return malformed.sum();
  }

  /** Messages left out because they stood in the log already. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Delivered messages whose headers name another identity than their value. */
  public long misidentified() {
    return misidentified.sum();
  }

  /** Records that left a ring because the rings were full. */
  public long evicted() {
    return evicted.sum();
  }

  /** Partitions that began anew because their place was gone from the log. */
  public long restarts() {
    return restarts.sum();
  }

  /** Rounds of the tail's thread that ended in an error. */
  public long failures() {
    return failures.sum();
  }

  /** Records at which a mistake of ours threw; their sessions were closed, to resume. */
  public long broken() {
    return broken.sum();
  }

  /** Message identities forgotten before their 30 s were over: the filters were full. */
  public long forgottenEarly() {
    return forgottenEarly.sum();
  }

  /** Bytes that the duplicate filters hold now. */
  public long filterBytes() {
    return filterBytes.get();
  }

  /** Bytes that the rings hold now. */
  public long ringBytes() {
    return ringBytes.get();
  }

  /** Partitions that are tailed now. */
  public long partitions() {
    return partitions.get();
  }
}
