package im.linnet.persister.apply;

import java.util.concurrent.atomic.LongAdder;

/** What an applier counts since its start. Safe on any thread. */
public final class ApplierCounters {
  private final LongAdder records = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder retries = new LongAdder();

  /** Records that the view has passed, of every kind. */
  public long records() {
    return records.sum();
  }

  /** Records among them that nobody can read, and that went to the dead letters. */
  public long malformed() {
    return malformed.sum();
  }

  /** Records among them that a newer version wrote, and that went to the dead letters. */
  public long unknown() {
    return unknown.sum();
  }

  /** Records among them that came too late to count. */
  public long stale() {
    return stale.sum();
  }

  /** Records among them that were second copies of messages. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Plans that were written. */
  public long batches() {
    return batches.sum();
  }

  /** Batches that the store, or Kafka for dead letters, did not take, so were tried again. */
  public long retries() {
    return retries.sum();
  }

  void passed(int all, Judgement judgement) {
    records.add(all);
    malformed.add(judgement.malformed().size());
    unknown.add(judgement.unknown().size());
    stale.add(judgement.stale());
    duplicates.add(judgement.duplicates());
    batches.increment();
  }

  void refused() {
    retries.increment();
  }
}
